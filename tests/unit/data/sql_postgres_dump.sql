--
-- PostgreSQL database dump
--

\restrict mIp5zENFDdh4kHCL0aCfM2D8Z62iJ3gWFFJud5wILaTcx35DDDjvB2GHN9QVJ1v

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: sales; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA sales;


ALTER SCHEMA sales OWNER TO postgres;

--
-- Name: d; Type: DOMAIN; Schema: sales; Owner: postgres
--

CREATE DOMAIN sales.d AS text
	CONSTRAINT d_check CHECK ((VALUE ~ '^[^;]+\\$'::text));


ALTER DOMAIN sales.d OWNER TO postgres;

--
-- Name: kind; Type: TYPE; Schema: sales; Owner: postgres
--

CREATE TYPE sales.kind AS ENUM (
    'a;',
    'b''c'
);


ALTER TYPE sales.kind OWNER TO postgres;

--
-- Name: f(integer); Type: FUNCTION; Schema: sales; Owner: postgres
--

CREATE FUNCTION sales.f(a integer) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN (a > 1) THEN
             CASE a
                 WHEN 2 THEN 3
                 ELSE NULL::integer
             END
             ELSE 4
         END AS "case";
 SELECT (a + 1);
END;


ALTER FUNCTION sales.f(a integer) OWNER TO postgres;

--
-- Name: p(); Type: PROCEDURE; Schema: sales; Owner: postgres
--

CREATE PROCEDURE sales.p()
    LANGUAGE plpgsql
    AS $_$ begin perform 'x;'; execute $$select ';'$$; end $_$;


ALTER PROCEDURE sales.p() OWNER TO postgres;

--
-- Name: agg(integer); Type: AGGREGATE; Schema: sales; Owner: postgres
--

CREATE AGGREGATE sales.agg(integer) (
    SFUNC = int4pl,
    STYPE = integer,
    INITCOND = '0'
);


ALTER AGGREGATE sales.agg(integer) OWNER TO postgres;

--
-- Name: @#-; Type: OPERATOR; Schema: sales; Owner: postgres
--

CREATE OPERATOR sales.@#- (
    FUNCTION = int4pl,
    LEFTARG = integer,
    RIGHTARG = integer
);


ALTER OPERATOR sales.@#- (integer, integer) OWNER TO postgres;

SET default_tablespace = '';

--
-- Name: parted; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.parted (
    a integer,
    b text
)
PARTITION BY LIST (b);


ALTER TABLE public.parted OWNER TO postgres;

SET default_table_access_method = heap;

--
-- Name: parted;1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."parted;1" (
    a integer,
    b text
);


ALTER TABLE public."parted;1" OWNER TO postgres;

--
-- Name: customers; Type: TABLE; Schema: sales; Owner: postgres
--

CREATE TABLE sales.customers (
    id smallint NOT NULL,
    name character varying(50) NOT NULL,
    job character varying(50) DEFAULT ';'::character varying,
    "we;ird" text,
    CONSTRAINT "customers_we;ird_check" CHECK (("we;ird" <> ';'::text))
);


ALTER TABLE sales.customers OWNER TO postgres;

--
-- Name: TABLE customers; Type: COMMENT; Schema: sales; Owner: postgres
--

COMMENT ON TABLE sales.customers IS 'line
; \';


--
-- Name: customers_id_seq; Type: SEQUENCE; Schema: sales; Owner: postgres
--

ALTER TABLE sales.customers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME sales.customers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: mv; Type: MATERIALIZED VIEW; Schema: sales; Owner: postgres
--

CREATE MATERIALIZED VIEW sales.mv AS
 SELECT 1 AS a
  WITH NO DATA;


ALTER TABLE sales.mv OWNER TO postgres;

--
-- Name: v; Type: VIEW; Schema: sales; Owner: postgres
--

CREATE VIEW sales.v AS
 SELECT customers.id,
    'x;'::text AS "x;"
   FROM sales.customers;


ALTER TABLE sales.v OWNER TO postgres;

--
-- Name: parted;1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.parted ATTACH PARTITION public."parted;1" FOR VALUES IN (';', 'x');


--
-- Data for Name: parted;1; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public."parted;1" (a, b) FROM stdin;
1	;
\.


--
-- Data for Name: customers; Type: TABLE DATA; Schema: sales; Owner: postgres
--

COPY sales.customers (id, name, job, "we;ird") FROM stdin;
1	a;b	;	tab\t\\
2	\\.	;	\N
3	it's	;	-- x /*
\.


--
-- Name: customers_id_seq; Type: SEQUENCE SET; Schema: sales; Owner: postgres
--

SELECT pg_catalog.setval('sales.customers_id_seq', 3, true);


--
-- Name: customers customers_name_key; Type: CONSTRAINT; Schema: sales; Owner: postgres
--

ALTER TABLE ONLY sales.customers
    ADD CONSTRAINT customers_name_key UNIQUE (name);


--
-- Name: customers customers_pkey; Type: CONSTRAINT; Schema: sales; Owner: postgres
--

ALTER TABLE ONLY sales.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);


--
-- Name: v r; Type: RULE; Schema: sales; Owner: postgres
--

CREATE RULE r AS
    ON UPDATE TO sales.v DO INSTEAD ( SELECT 1 AS "?column?";
 SELECT 2 AS "?column?";
);


--
-- Name: customers t; Type: TRIGGER; Schema: sales; Owner: postgres
--

CREATE TRIGGER t BEFORE UPDATE ON sales.customers FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();


--
-- Name: customers pol; Type: POLICY; Schema: sales; Owner: postgres
--

CREATE POLICY pol ON sales.customers USING (((name)::text <> ';'::text));


--
-- Name: mv; Type: MATERIALIZED VIEW DATA; Schema: sales; Owner: postgres
--

REFRESH MATERIALIZED VIEW sales.mv;


--
-- PostgreSQL database dump complete
--

\unrestrict mIp5zENFDdh4kHCL0aCfM2D8Z62iJ3gWFFJud5wILaTcx35DDDjvB2GHN9QVJ1v


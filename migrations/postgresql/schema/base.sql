CREATE SCHEMA sales;

CREATE DOMAIN sales.price AS NUMERIC(10, 2) CHECK (VALUE >= 0);

CREATE TYPE sales.order_status AS ENUM ('open', 'paid', 'shipped', 'cancelled');

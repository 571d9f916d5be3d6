CREATE VIEW sales.order_totals AS
SELECT o.id AS order_id,
    c.name AS customer,
    o.status,
    (SELECT COALESCE(SUM(i.amount), 0) FROM sales.order_items i WHERE i.order_id = o.id) AS amount,
    (SELECT COALESCE(SUM(p.amount), 0) FROM sales.payments p WHERE p.order_id = o.id) AS paid
FROM sales.orders o
JOIN sales.customers c ON c.id = o.customer_id;

CREATE FUNCTION sales.open_amount(an_order INTEGER) RETURNS NUMERIC LANGUAGE plpgsql STABLE AS $body$
DECLARE
    answer NUMERIC;
BEGIN
    SELECT t.amount - t.paid INTO answer FROM sales.order_totals t WHERE t.order_id = an_order;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no order %; nothing can be open', an_order;
    END IF;
    RETURN answer;
END;
$body$;

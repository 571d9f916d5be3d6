ALTER TABLE sales.orders ADD COLUMN paid_with VARCHAR(20);

UPDATE sales.orders o
SET paid_with = (SELECT p.method FROM sales.payments p WHERE p.order_id = o.id ORDER BY p.id LIMIT 1);

DROP TABLE sales.payments;

CREATE VIEW order_totals AS
SELECT o.id AS order_id,
    c.name AS customer,
    o.status,
    (SELECT COALESCE(SUM(i.amount), 0) FROM order_items i WHERE i.order_id = o.id) AS amount,
    (SELECT COALESCE(SUM(p.amount), 0) FROM payments p WHERE p.order_id = o.id) AS paid
FROM orders o
JOIN customers c ON c.id = o.customer_id;

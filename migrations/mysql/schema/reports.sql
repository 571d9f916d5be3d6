CREATE VIEW order_totals AS
SELECT o.id AS order_id,
    c.name AS customer,
    o.status,
    (SELECT COALESCE(SUM(i.amount), 0) FROM order_items i WHERE i.order_id = o.id) AS amount,
    (SELECT COALESCE(SUM(p.amount), 0) FROM payments p WHERE p.order_id = o.id) AS paid
FROM orders o
JOIN customers c ON c.id = o.customer_id;

CREATE FUNCTION open_amount(an_order INTEGER) RETURNS DECIMAL(12, 2) READS SQL DATA
BEGIN
    DECLARE answer DECIMAL(12, 2);
    SELECT t.amount - t.paid INTO answer FROM order_totals t WHERE t.order_id = an_order;
    IF answer IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'there is no such order; nothing can be open';
    END IF;
    RETURN answer;
END;

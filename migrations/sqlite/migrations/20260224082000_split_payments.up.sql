-- An order may be paid in parts, so payments get a table of their own.
CREATE TABLE payments (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
    method VARCHAR(20) NOT NULL,
    amount NUMERIC(10, 2) NOT NULL CHECK (amount >= 0),
    paid_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

INSERT INTO payments (order_id, method, amount, paid_at)
SELECT o.id, o.paid_with, COALESCE(SUM(i.amount), 0), o.placed_at
FROM orders o LEFT JOIN order_items i ON i.order_id = o.id
WHERE o.paid_with IS NOT NULL
GROUP BY o.id, o.paid_with, o.placed_at
ORDER BY o.id;

ALTER TABLE orders DROP COLUMN paid_with;

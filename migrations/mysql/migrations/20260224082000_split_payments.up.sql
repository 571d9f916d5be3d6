-- An order may be paid in parts, so payments get a table of their own.
CREATE TABLE payments (
    id INTEGER AUTO_INCREMENT PRIMARY KEY,
    order_id INTEGER NOT NULL,
    method VARCHAR(20) NOT NULL,
    amount DECIMAL(10, 2) NOT NULL,
    paid_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    KEY payments_order (order_id),
    CONSTRAINT payments_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT payments_amount CHECK (amount >= 0)
);

INSERT INTO payments (order_id, method, amount, paid_at)
SELECT o.id, o.paid_with, COALESCE(SUM(i.amount), 0), o.placed_at
FROM orders o LEFT JOIN order_items i ON i.order_id = o.id
WHERE o.paid_with IS NOT NULL
GROUP BY o.id, o.paid_with, o.placed_at
ORDER BY o.id;

ALTER TABLE orders DROP COLUMN paid_with;

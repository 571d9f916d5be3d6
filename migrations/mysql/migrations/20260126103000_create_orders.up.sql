CREATE TABLE orders (
    id INTEGER AUTO_INCREMENT PRIMARY KEY,
    customer_id SMALLINT NOT NULL,
    status ENUM ('open', 'paid', 'shipped', 'cancelled') NOT NULL DEFAULT 'open',
    placed_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    paid_with VARCHAR(20),
    KEY orders_customer (customer_id),
    CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
);

CREATE TABLE order_items (
    order_id INTEGER NOT NULL,
    line SMALLINT NOT NULL,
    product_id INTEGER NOT NULL,
    quantity SMALLINT NOT NULL,
    unit_price DECIMAL(10, 2) NOT NULL,
    amount DECIMAL(12, 2) AS (quantity * unit_price) STORED,
    PRIMARY KEY (order_id, line),
    KEY order_items_product (product_id),
    CONSTRAINT order_items_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT order_items_product FOREIGN KEY (product_id) REFERENCES products (id),
    CONSTRAINT order_items_quantity CHECK (quantity > 0),
    CONSTRAINT order_items_unit_price CHECK (unit_price >= 0)
);

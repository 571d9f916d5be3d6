CREATE TABLE orders (
    id INTEGER AUTO_INCREMENT PRIMARY KEY,
    customer_id SMALLINT NOT NULL,
    status ENUM ('open', 'paid', 'shipped', 'cancelled') NOT NULL DEFAULT 'open',
    placed_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    KEY orders_customer (customer_id),
    KEY orders_open (status, placed_at),
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

CREATE TRIGGER order_items_take_stock AFTER INSERT ON order_items
    FOR EACH ROW UPDATE products SET stock = stock - NEW.quantity WHERE id = NEW.product_id;

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

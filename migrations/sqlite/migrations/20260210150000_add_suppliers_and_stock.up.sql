CREATE TABLE suppliers (
    id INTEGER PRIMARY KEY,
    name VARCHAR(100) NOT NULL UNIQUE,
    email VARCHAR(100)
);

CREATE TABLE product_suppliers (
    product_id INTEGER NOT NULL REFERENCES products ON DELETE CASCADE,
    supplier_id INTEGER NOT NULL REFERENCES suppliers,
    cost NUMERIC(10, 2) NOT NULL CHECK (cost >= 0),
    PRIMARY KEY (product_id, supplier_id)
);

ALTER TABLE products ADD COLUMN stock INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0);

CREATE TRIGGER order_items_take_stock AFTER INSERT ON order_items
BEGIN
    SELECT CASE
        WHEN stock < NEW.quantity THEN RAISE(ABORT, 'not enough of this product is in stock')
    END FROM products WHERE id = NEW.product_id;
    UPDATE products SET stock = stock - NEW.quantity WHERE id = NEW.product_id;
END;

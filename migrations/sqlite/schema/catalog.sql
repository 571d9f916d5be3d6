CREATE TABLE categories (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES categories,
    name VARCHAR(50) NOT NULL UNIQUE
);

CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    category_id INTEGER NOT NULL REFERENCES categories,
    sku VARCHAR(20) NOT NULL UNIQUE,
    name VARCHAR(100) NOT NULL,
    price NUMERIC(10, 2) NOT NULL CHECK (price >= 0),
    stock INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0)
);

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

CREATE TABLE price_history (
    product_id INTEGER NOT NULL REFERENCES products ON DELETE CASCADE,
    changed_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    old_price NUMERIC(10, 2) NOT NULL,
    new_price NUMERIC(10, 2) NOT NULL,
    CHECK (old_price <> new_price)
);

CREATE INDEX price_history_product ON price_history (product_id, changed_at);

CREATE TRIGGER products_keep_price AFTER UPDATE OF price ON products
WHEN OLD.price <> NEW.price
BEGIN
    INSERT INTO price_history (product_id, old_price, new_price) VALUES (OLD.id, OLD.price, NEW.price);
END;

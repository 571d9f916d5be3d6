CREATE TABLE categories (
    id SMALLINT AUTO_INCREMENT PRIMARY KEY,
    parent_id SMALLINT,
    name VARCHAR(50) NOT NULL UNIQUE,
    KEY categories_parent (parent_id),
    CONSTRAINT categories_parent FOREIGN KEY (parent_id) REFERENCES categories (id)
);

CREATE TABLE products (
    id INTEGER AUTO_INCREMENT PRIMARY KEY,
    category_id SMALLINT NOT NULL,
    sku VARCHAR(20) NOT NULL UNIQUE,
    name VARCHAR(100) NOT NULL,
    price DECIMAL(10, 2) NOT NULL,
    stock INTEGER NOT NULL DEFAULT 0,
    KEY products_category (category_id),
    CONSTRAINT products_category FOREIGN KEY (category_id) REFERENCES categories (id),
    CONSTRAINT products_price CHECK (price >= 0),
    CONSTRAINT products_stock CHECK (stock >= 0)
);

CREATE TABLE suppliers (
    id SMALLINT AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(100) NOT NULL UNIQUE,
    email VARCHAR(100)
);

CREATE TABLE product_suppliers (
    product_id INTEGER NOT NULL,
    supplier_id SMALLINT NOT NULL,
    cost DECIMAL(10, 2) NOT NULL,
    PRIMARY KEY (product_id, supplier_id),
    KEY product_suppliers_supplier (supplier_id),
    CONSTRAINT product_suppliers_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT product_suppliers_supplier FOREIGN KEY (supplier_id) REFERENCES suppliers (id),
    CONSTRAINT product_suppliers_cost CHECK (cost >= 0)
);

CREATE PROCEDURE restock(IN the_sku VARCHAR(20), IN the_quantity INTEGER)
BEGIN
    UPDATE products SET stock = stock + the_quantity WHERE sku = the_sku;
    IF ROW_COUNT() = 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'there is no such article; nothing was booked';
    END IF;
END;

CREATE TABLE price_history (
    product_id INTEGER NOT NULL,
    changed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    old_price DECIMAL(10, 2) NOT NULL,
    new_price DECIMAL(10, 2) NOT NULL,
    KEY price_history_product (product_id, changed_at),
    CONSTRAINT price_history_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT price_history_changed CHECK (old_price <> new_price)
);

CREATE TRIGGER products_keep_price AFTER UPDATE ON products
    FOR EACH ROW
BEGIN
    IF OLD.price <> NEW.price THEN
        INSERT INTO price_history (product_id, old_price, new_price) VALUES (OLD.id, OLD.price, NEW.price);
    END IF;
END;

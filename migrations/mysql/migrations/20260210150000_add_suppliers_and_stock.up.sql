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

ALTER TABLE products
    ADD COLUMN stock INTEGER NOT NULL DEFAULT 0,
    ADD CONSTRAINT products_stock CHECK (stock >= 0);

CREATE TRIGGER order_items_take_stock AFTER INSERT ON order_items
    FOR EACH ROW UPDATE products SET stock = stock - NEW.quantity WHERE id = NEW.product_id;

-- What has arrived is booked by this, so that a wrong article number is noticed. No DELIMITER is needed.
CREATE PROCEDURE restock(IN the_sku VARCHAR(20), IN the_quantity INTEGER)
BEGIN
    UPDATE products SET stock = stock + the_quantity WHERE sku = the_sku;
    IF ROW_COUNT() = 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'there is no such article; nothing was booked';
    END IF;
END;

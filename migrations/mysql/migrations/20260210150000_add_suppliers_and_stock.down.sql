DROP PROCEDURE restock;
DROP TRIGGER order_items_take_stock;
ALTER TABLE products
    DROP CONSTRAINT products_stock,
    DROP COLUMN stock;
DROP TABLE product_suppliers;
DROP TABLE suppliers;

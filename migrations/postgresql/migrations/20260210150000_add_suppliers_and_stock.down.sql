DROP TRIGGER order_items_take_stock ON sales.order_items;
DROP FUNCTION sales.take_stock();
ALTER TABLE sales.products DROP COLUMN stock;
DROP TABLE sales.product_suppliers;
DROP TABLE sales.suppliers;

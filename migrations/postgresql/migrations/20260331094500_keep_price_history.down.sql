DROP TRIGGER products_keep_price ON sales.products;
DROP FUNCTION sales.keep_price();
DROP TABLE sales.price_history;

DROP TRIGGER products_keep_price;
DROP TABLE price_history;

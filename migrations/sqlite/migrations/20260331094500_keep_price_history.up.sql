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

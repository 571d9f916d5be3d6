CREATE TABLE sales.price_history (
    product_id INTEGER NOT NULL REFERENCES sales.products ON DELETE CASCADE,
    changed_at TIMESTAMP NOT NULL DEFAULT clock_timestamp(),
    old_price sales.price NOT NULL,
    new_price sales.price NOT NULL,
    CHECK (old_price <> new_price)
);

CREATE INDEX price_history_product ON sales.price_history (product_id, changed_at);

CREATE FUNCTION sales.keep_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO sales.price_history (product_id, old_price, new_price) VALUES (OLD.id, OLD.price, NEW.price);
    RETURN NEW;
END;
$$;

CREATE TRIGGER products_keep_price AFTER UPDATE OF price ON sales.products
    FOR EACH ROW WHEN (OLD.price <> NEW.price) EXECUTE FUNCTION sales.keep_price();

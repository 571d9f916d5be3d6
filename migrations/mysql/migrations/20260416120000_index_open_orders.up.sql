CREATE INDEX orders_open ON orders (status, placed_at);

-- The shop goes on selling while the index is built. This runs outside a transaction, without being marked.
CREATE INDEX CONCURRENTLY orders_open ON sales.orders (placed_at) WHERE status = 'open';

DROP INDEX CONCURRENTLY sales.orders_open;

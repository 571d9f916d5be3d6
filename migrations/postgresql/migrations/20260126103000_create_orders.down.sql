DROP TABLE sales.order_items;
DROP TABLE sales.orders;
DROP TYPE sales.order_status;

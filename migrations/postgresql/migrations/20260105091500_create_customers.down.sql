DROP TABLE sales.addresses;
DROP TABLE sales.customers;
DROP SCHEMA sales;

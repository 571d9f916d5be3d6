DROP TABLE sales.products;
DROP TABLE sales.categories;
DROP DOMAIN sales.price;

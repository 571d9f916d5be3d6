CREATE TABLE categories (
    id SMALLINT AUTO_INCREMENT PRIMARY KEY,
    parent_id SMALLINT,
    name VARCHAR(50) NOT NULL UNIQUE,
    KEY categories_parent (parent_id),
    CONSTRAINT categories_parent FOREIGN KEY (parent_id) REFERENCES categories (id)
);

CREATE TABLE products (
    id INTEGER AUTO_INCREMENT PRIMARY KEY,
    category_id SMALLINT NOT NULL,
    sku VARCHAR(20) NOT NULL UNIQUE,
    name VARCHAR(100) NOT NULL,
    price DECIMAL(10, 2) NOT NULL,
    KEY products_category (category_id),
    CONSTRAINT products_category FOREIGN KEY (category_id) REFERENCES categories (id),
    CONSTRAINT products_price CHECK (price >= 0)
);

-- The categories of the paper catalogue; everything else is entered by the shop.
INSERT INTO categories (name) VALUES ('Books'), ('Stationery'), ('Gifts; small things');
INSERT INTO categories (parent_id, name)
SELECT id, 'Field guides' FROM categories WHERE name = 'Books';

CREATE TABLE categories (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES categories,
    name VARCHAR(50) NOT NULL UNIQUE
);

CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    category_id INTEGER NOT NULL REFERENCES categories,
    sku VARCHAR(20) NOT NULL UNIQUE,
    name VARCHAR(100) NOT NULL,
    price NUMERIC(10, 2) NOT NULL CHECK (price >= 0)
);

-- The categories of the paper catalogue; everything else is entered by the shop.
INSERT INTO categories (name) VALUES ('Books'), ('Stationery'), ('Gifts; small things');
INSERT INTO categories (parent_id, name)
SELECT id, 'Field guides' FROM categories WHERE name = 'Books';

CREATE TABLE customers (
    id SMALLINT AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(50) NOT NULL UNIQUE,
    job VARCHAR(50) DEFAULT ''
);

CREATE TABLE addresses (
    id INTEGER AUTO_INCREMENT PRIMARY KEY,
    customer_id SMALLINT NOT NULL,
    street VARCHAR(100) NOT NULL,
    city VARCHAR(60) NOT NULL,
    country CHAR(2) NOT NULL DEFAULT 'DE',
    KEY addresses_customer (customer_id),
    CONSTRAINT addresses_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
    CONSTRAINT addresses_country CHECK (CHAR_LENGTH(country) = 2)
);

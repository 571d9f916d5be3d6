=== a virtual table comes and goes
-- to
CREATE VIRTUAL TABLE f USING fts5(title, body, tokenize = 'porter ascii');
CREATE VIRTUAL TABLE r USING rtree(id, x1, x2);
-- hazards: none
-- hazards back: drop-table
=== a virtual table changes
-- from
CREATE VIRTUAL TABLE f USING fts5(title);
-- to
CREATE VIRTUAL TABLE f USING fts5(title, body);
-- hazards: drop-table
=== a full text index of a table that is rebuilt
-- from
CREATE TABLE docs (id integer PRIMARY KEY, body text);
CREATE VIRTUAL TABLE f USING fts5(body, content='docs', content_rowid='id');
CREATE TRIGGER docs_insert AFTER INSERT ON docs BEGIN INSERT INTO f (rowid, body) VALUES (new.id, new.body); END;
-- to
CREATE TABLE docs (id integer PRIMARY KEY, body text NOT NULL);
CREATE VIRTUAL TABLE f USING fts5(body, content='docs', content_rowid='id');
CREATE TRIGGER docs_insert AFTER INSERT ON docs BEGIN INSERT INTO f (rowid, body) VALUES (new.id, new.body); END;
-- rows
INSERT INTO docs VALUES (1, 'some words');
=== a table with the name of a shadow that is none
-- from
CREATE TABLE f_content (id integer PRIMARY KEY, body text);
CREATE VIRTUAL TABLE f USING fts5(body, content='f_content', content_rowid='id');
-- to
CREATE TABLE f_content (id integer PRIMARY KEY, body text, more text);
CREATE VIRTUAL TABLE f USING fts5(body, content='f_content', content_rowid='id');

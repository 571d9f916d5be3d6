-- The first number of each index is how many rows it has: as many as the table, unless it is a partial one.
SELECT tbl, max(CAST(stat AS INTEGER)) FROM main.sqlite_stat1 WHERE tbl IS NOT NULL GROUP BY tbl

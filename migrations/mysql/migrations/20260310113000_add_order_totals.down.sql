DROP FUNCTION open_amount;
DROP VIEW order_totals;

DROP FUNCTION sales.open_amount(INTEGER);
DROP VIEW sales.order_totals;

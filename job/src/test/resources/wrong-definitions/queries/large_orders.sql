SELECT order_id, amount
FROM dear

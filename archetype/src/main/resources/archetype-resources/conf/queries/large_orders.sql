SELECT order_id, amount, placed_at
FROM orders
WHERE amount >= 200

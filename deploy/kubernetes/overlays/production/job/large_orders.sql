SELECT
  order_id,
  customer,
  amount,
  express,
  placed_at
FROM orders
WHERE amount >= 200

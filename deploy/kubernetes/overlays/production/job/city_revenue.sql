SELECT
  customer.city AS city,
  window_start,
  window_end,
  COUNT(*) AS orders,
  SUM(amount) AS revenue
FROM TUMBLE(TABLE orders, DESCRIPTOR(placed_at), INTERVAL '10' SECOND)
GROUP BY customer.city, window_start, window_end

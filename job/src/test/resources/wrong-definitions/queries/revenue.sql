SELECT city, SUM(amount) AS revenue
FROM TUMBLE(TABLE orders, DESCRIPTOR(placed_at), INTERVAL '1' MINUTE)
GROUP BY city, window_start, window_end

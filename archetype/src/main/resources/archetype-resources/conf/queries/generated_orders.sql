SELECT
  SUBSTR(UUID(), 1, 8) AS order_id,
  CAST(1 + RAND() * 400 AS DECIMAL(10, 2)) AS amount,
  CURRENT_TIMESTAMP AS placed_at
FROM ticks

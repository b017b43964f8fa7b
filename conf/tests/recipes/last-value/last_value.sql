-- The last reading of each device in (start, end]: TopOne() OVER (ORDER BY ts DESC) in a TumblingWindow of 10 s.
SELECT device, temperature, window_time AS ts
FROM (
  SELECT *,
    ROW_NUMBER() OVER (PARTITION BY device, window_start, window_end ORDER BY ts DESC) AS place
  FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '0.001' SECOND))
)
WHERE place = 1

-- ISFIRST(minute, 1) OVER (PARTITION BY device) = 1: the first reading of each device in each minute.
SELECT device, status, ts
FROM (
  SELECT device, status, CAST(ts AS TIMESTAMP_LTZ(3)) AS ts,
    ROW_NUMBER() OVER (PARTITION BY device, window_start, window_end ORDER BY ts) AS place
  FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '0.001' SECOND))
)
WHERE place = 1

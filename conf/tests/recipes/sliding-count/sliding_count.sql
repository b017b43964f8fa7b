-- The readings of each device in the last 10 s, (ts - 10 s, ts], whenever one arrives and there are three or more.
SELECT device, n, ts
FROM (
  SELECT device, ts,
    COUNT(*) OVER (
      PARTITION BY device ORDER BY ts
      RANGE BETWEEN INTERVAL '9.999' SECOND PRECEDING AND CURRENT ROW) AS n
  FROM readings
)
WHERE n >= 3

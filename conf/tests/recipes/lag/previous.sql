-- A view: the row before. OVER is evaluated before WHERE in ASA, so WHERE belongs in the query that reads the view.
SELECT device, status, ts,
  LAG(status) OVER (PARTITION BY device ORDER BY ts) AS previous_status,
  LAG(CAST(ts AS TIMESTAMP_LTZ(3))) OVER (PARTITION BY device ORDER BY ts) AS previous_ts
FROM readings

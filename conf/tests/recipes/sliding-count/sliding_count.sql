-- SlidingWindow(second, 10) HAVING COUNT(*) >= 2: whenever a reading of a device enters or leaves its last 10 s, (ts - 10 s, ts].
SELECT device, n, CAST(rowtime AS TIMESTAMP_LTZ(3)) AS ts
FROM (
  SELECT device, is_entering, rowtime,
    COUNT(CASE WHEN is_entering THEN 1 END) OVER (
      PARTITION BY device ORDER BY rowtime
      RANGE BETWEEN INTERVAL '9.999' SECOND PRECEDING AND CURRENT ROW) AS n
  FROM SLIDING_CHANGES(
    input => TABLE readings PARTITION BY device,
    window_size => INTERVAL '10' SECOND,
    on_time => DESCRIPTOR(ts),
    uid => 'sliding_count')
)
WHERE NOT is_entering AND n >= 2

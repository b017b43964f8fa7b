-- WHERE LAG(status) OVER (PARTITION BY device LIMIT DURATION(minute, 1)) <> status
SELECT device, earlier_row.status AS previous_status, status, CAST(rowtime AS TIMESTAMP_LTZ(3)) AS ts
FROM EARLIER_ROW(
  input => TABLE readings PARTITION BY device ORDER BY ts,
  limit_duration => INTERVAL '1' MINUTE,
  on_time => DESCRIPTOR(ts),
  uid => 'changes')
WHERE earlier_row.status <> status

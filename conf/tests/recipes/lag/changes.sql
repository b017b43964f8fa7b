-- LAG(status) OVER (PARTITION BY device LIMIT DURATION(minute, 1)) <> status
SELECT device, previous_status, status, ts
FROM previous
WHERE previous_ts >= ts - INTERVAL '1' MINUTE AND previous_status <> status

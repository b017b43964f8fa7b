-- SessionWindow(minute, 5, 60) OVER (PARTITION BY device): the rows of each session, at its end.
SELECT device, session_start, rowtime
FROM SESSION_ROWS(
  input => TABLE readings PARTITION BY device ORDER BY ts,
  timeout => INTERVAL '5' MINUTE,
  max_duration => INTERVAL '1' HOUR,
  on_time => DESCRIPTOR(ts),
  uid => 'working_hours')

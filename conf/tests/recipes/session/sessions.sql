SELECT device, COUNT(*) AS n, MIN(session_start) AS session_start, CAST(window_time AS TIMESTAMP_LTZ(3)) AS session_end
FROM TABLE(TUMBLE(TABLE working_hours, DESCRIPTOR(rowtime), INTERVAL '0.001' SECOND))
GROUP BY device, window_start, window_end, window_time

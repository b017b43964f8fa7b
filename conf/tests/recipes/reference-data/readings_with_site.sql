-- Flink keeps readings for a minute, in case the file is read after them, and devices for ever.
SELECT /*+ STATE_TTL('r' = '1min', 'd' = '0s') */ r.device, d.site, r.temperature, r.ts
FROM plain_readings AS r
JOIN devices AS d ON r.device = d.device

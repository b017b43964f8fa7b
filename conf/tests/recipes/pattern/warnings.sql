-- Two warnings of a device in a row, within a minute.
SELECT device, first_warning, second_warning
FROM readings
MATCH_RECOGNIZE (
  PARTITION BY device
  ORDER BY ts
  MEASURES CAST(a.ts AS TIMESTAMP_LTZ(3)) AS first_warning, CAST(b.ts AS TIMESTAMP_LTZ(3)) AS second_warning
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (a b) WITHIN INTERVAL '1' MINUTE
  DEFINE a AS a.status = 'warning', b AS b.status = 'warning'
)

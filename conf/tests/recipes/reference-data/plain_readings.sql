-- A view: a join with a table without a time needs the time of the stream as a plain column.
SELECT device, temperature, CAST(ts AS TIMESTAMP_LTZ(3)) AS ts
FROM readings

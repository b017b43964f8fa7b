-- ON DATEDIFF(second, r, p) BETWEEN 0 AND 30, which counts the seconds that begin between the two.
SELECT r.device, p.engineer, r.ts, CAST(p.repaired AS TIMESTAMP_LTZ(3)) AS repaired
FROM readings AS r
JOIN repairs AS p
  ON r.device = p.device
  AND p.repaired BETWEEN r.ts - INTERVAL '1' SECOND AND r.ts + INTERVAL '31' SECOND
  AND TIMESTAMPDIFF(SECOND, FLOOR(r.ts TO SECOND), FLOOR(p.repaired TO SECOND)) BETWEEN 0 AND 30
WHERE r.status = 'broken'

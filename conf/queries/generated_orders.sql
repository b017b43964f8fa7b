SELECT
  SUBSTR(UUID(), 1, 8) AS order_id,
  CAST(
    ROW(
      ARRAY['Ada', 'Björn', 'Chidi', 'Dolores', 'Emeka', 'Farah', 'Grace', 'Hüseyin'][who],
      ARRAY['Aarhus', 'Bergen', 'Kraków', 'Lagos', 'São Paulo', 'Zürich'][place]
    ) AS ROW<name STRING, city STRING>
  ) AS customer,
  pieces AS items,
  CAST(cents / 100.0 AS DECIMAL(10, 2)) AS amount,
  haste = 1 AS express,
  TIMESTAMPADD(SECOND, CASE WHEN delay = 0 THEN -30 ELSE -(delay / 25) END, CURRENT_TIMESTAMP)
    AS placed_at
FROM dice

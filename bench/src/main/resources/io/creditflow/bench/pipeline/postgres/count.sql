WITH fresh AS (
  INSERT INTO usage_event
  SELECT workspace, event_id, campaign, lead_id, phone, occurred_at FROM staging
  ON CONFLICT (workspace, event_id) DO NOTHING
  RETURNING workspace, campaign, phone, occurred_at
), days AS (
  SELECT workspace, campaign, (occurred_at AT TIME ZONE 'UTC')::date AS day,
         count(*) FILTER (WHERE NOT phone) AS leads, count(*) FILTER (WHERE phone) AS phones
  FROM fresh GROUP BY 1, 2, 3
), totals AS (
  INSERT INTO campaign_total
  SELECT workspace, campaign, sum(leads), sum(phones) FROM days GROUP BY 1, 2
  ON CONFLICT (workspace, campaign) DO UPDATE
  SET leads = campaign_total.leads + excluded.leads, phones = campaign_total.phones + excluded.phones
), by_day AS (
  INSERT INTO campaign_day
  SELECT workspace, campaign, day, leads + phones FROM days
  ON CONFLICT (workspace, campaign, day) DO UPDATE SET credits = campaign_day.credits + excluded.credits
)
INSERT INTO balance
SELECT workspace, 0, sum(leads + phones) FROM days GROUP BY 1
ON CONFLICT (workspace) DO UPDATE SET used = balance.used + excluded.used

WITH fresh AS (
  INSERT INTO credit_grant VALUES (?, ?, ?) ON CONFLICT (workspace, grant_id) DO NOTHING RETURNING workspace, amount
)
INSERT INTO balance SELECT workspace, amount, 0 FROM fresh
ON CONFLICT (workspace) DO UPDATE SET granted = balance.granted + excluded.granted

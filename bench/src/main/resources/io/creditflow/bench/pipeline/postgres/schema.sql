-- What is counted. Ids compare by bytes, which is also the quickest.
CREATE TABLE usage_event (
  workspace   text COLLATE "C" NOT NULL,
  event_id    text COLLATE "C" NOT NULL,
  campaign    text COLLATE "C" NOT NULL,
  lead_id     text COLLATE "C" NOT NULL,
  phone       boolean NOT NULL,
  occurred_at timestamptz NOT NULL,
  PRIMARY KEY (workspace, event_id)
);
CREATE TABLE campaign_total (
  workspace text COLLATE "C", campaign text COLLATE "C", leads bigint NOT NULL, phones bigint NOT NULL,
  PRIMARY KEY (workspace, campaign)
) WITH (fillfactor = 50);
CREATE TABLE campaign_day (
  workspace text COLLATE "C", campaign text COLLATE "C", day date, credits bigint NOT NULL,
  PRIMARY KEY (workspace, campaign, day)
) WITH (fillfactor = 50);
CREATE TABLE balance (
  workspace text COLLATE "C" PRIMARY KEY, granted bigint NOT NULL, used bigint NOT NULL
) WITH (fillfactor = 50);
CREATE TABLE credit_grant (
  workspace text COLLATE "C", grant_id text COLLATE "C", amount bigint NOT NULL, PRIMARY KEY (workspace, grant_id)
);
CREATE TABLE kafka_offset (
  topic text COLLATE "C", part int, next bigint NOT NULL, PRIMARY KEY (topic, part)
) WITH (fillfactor = 50);
CREATE UNLOGGED TABLE staging (
  workspace text COLLATE "C", event_id text COLLATE "C", campaign text COLLATE "C", lead_id text COLLATE "C",
  phone boolean, occurred_at timestamptz
) WITH (autovacuum_enabled = off);

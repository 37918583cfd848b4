package io.creditflow.state;

/**
 * What a row is, its key's first byte. The tag is part of the stored format: never reuse one. Key
 * parts are named in order; {@code w} is the workspace id.
 */
public enum Table {
  /** (name): flush markers, positions, counters. */
  META(1),
  /** (w): name, zone, which days are served. */
  WORKSPACE(2),
  /** (w, grantId): a grant and its void. */
  GRANT(3),
  /**
   * (w): version, usage between grant boundaries, recent quarter-hours, what is new of campaigns.
   */
  USAGE(4),
  /** (w, span, last instant, sequence): postings in chunks, sorted. */
  LEDGER(5),
  /** (w, span, last instant, sequence): e-mails in chunks; kept only for their ids. */
  EMAIL(6),
  /** (w, eventId): ids of records that are neither usage nor e-mail. */
  PROCESSED_ID(7),
  /** (w, campaignId): present version, totals, recent quarter-hours, but for what is new. */
  CAMPAIGN(8),
  /** (w, campaignId, occurredAt, eventId): every version of a campaign. */
  CAMPAIGN_VERSION(9),
  /** (w, two days, campaignId): usage by UTC quarter-hour, but for recent ones. */
  CAMPAIGN_QUARTER_HOURS(10),
  /** (w, generation, 32 days, campaignId): usage by day of a zone, but for recent quarter-hours. */
  CAMPAIGN_DAYS(11),
  /** (w, UTC day): credits of all campaigns by quarter-hour, but for recent ones. */
  WORKSPACE_QUARTER_HOURS(12),
  /** (w, reversed eventId): the reversal that counts. */
  REVERSAL(14),
  /** (deadline, w, eventId): reversals that wait for their event. */
  PENDING_REVERSAL(15),
  /** (w, reversed eventId, deadline, eventId): the same by the event they wait for. */
  PENDING_REVERSAL_TARGET(21),
  /** (w): workspaces whose days are being recounted or cleared away. */
  RECOUNT(16),
  /** (w, kind, subject): how often thresholds were crossed; which spike is open. */
  ALERT_STATE(17),
  /** (w, instant, flush, number): alerts raised. */
  ALERT(18),
  /** (w, alertId): the key of an alert raised. */
  ALERT_ID(20);

  final byte tag;

  Table(int tag) {
    this.tag = (byte) tag;
  }
}

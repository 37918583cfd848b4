/** The product's words for the API's codes. */
export const STATUS = {DRAFT: 'Draft', ACTIVE: 'Active', PAUSED: 'Paused', COMPLETED: 'Completed', UNKNOWN: 'Unknown'};
export const SOURCE = {PLATFORM: 'Platform', CRM: 'CRM', CSV: 'CSV import', UNKNOWN: 'Unknown'};
export const GRANT = {
  SCHEDULED: 'Scheduled',
  ACTIVE: 'Active',
  DEPLETED: 'Used up',
  EXPIRED: 'Expired',
  VOIDED: 'Voided',
};
export const KIND = {
  LEAD_SOURCED: 'Lead sourced',
  PHONE_REVEALED: 'Phone revealed',
  REVERSED: 'Usage taken back',
  GRANTED: 'Credits granted',
  EXPIRED: 'Credits expired',
  VOIDED: 'Grant voided',
};
export const KIND_SERIES = {LEAD_SOURCED: 'Leads sourced', PHONE_REVEALED: 'Phones revealed'};
export const GROUP = {none: 'Nothing', campaign: 'Campaign', kind: 'Activity', source: 'Source'};
export const ALERT = {QUOTA: 'Quota', LOW_BALANCE: 'Low balance', EXPIRY: 'Expiry', SPIKE: 'Spike'};
export const LEVEL = {NOTICE: 'Notice', WARNING: 'Warning', CRITICAL: 'Critical', RECOVERED: 'Recovered'};

/** What a chart's series is called. */
export function seriesLabel(groupBy, series) {
  if (series.rest) return 'Other';
  if (groupBy === 'none') return 'Credits';
  if (groupBy === 'kind') return KIND_SERIES[series.key] ?? series.label;
  if (groupBy === 'source') return SOURCE[series.key] ?? series.label;
  return series.label || series.key;
}

/** The product's words for the API's codes. */
import {twins} from './names.js';

/** @type {Record<Api.Campaign['status'], string>} */
export const STATUS = {DRAFT: 'Draft', ACTIVE: 'Active', PAUSED: 'Paused', COMPLETED: 'Completed', UNKNOWN: 'Unknown'};
/** @type {Record<NonNullable<Api.Campaign['source']> | 'UNKNOWN', string>} */
export const SOURCE = {PLATFORM: 'Platform', CRM: 'CRM', CSV: 'CSV import', UNKNOWN: 'Unknown'};
/** @type {Record<Api.Grant['status'], string>} */
export const GRANT = {
  SCHEDULED: 'Scheduled',
  ACTIVE: 'Active',
  DEPLETED: 'Used up',
  EXPIRED: 'Expired',
  VOIDED: 'Voided',
};
/** @type {Record<Api.HistoryRow['kind'], string>} */
export const KIND = {
  LEAD_SOURCED: 'Lead sourced',
  PHONE_REVEALED: 'Phone revealed',
  REVERSED: 'Usage taken back',
  GRANTED: 'Credits granted',
  EXPIRED: 'Credits expired',
  VOIDED: 'Grant voided',
};
/** @type {{[key: string]: string}} */
export const KIND_SERIES = {LEAD_SOURCED: 'Leads sourced', PHONE_REVEALED: 'Phones revealed'};
/** @type {Record<Api.Trends['groupBy'], string>} */
export const GROUP = {none: 'Nothing', campaign: 'Campaign', kind: 'Activity', source: 'Source'};
/** @type {Record<Api.Alert['kind'], string>} */
export const ALERT = {QUOTA: 'Quota', LOW_BALANCE: 'Low balance', EXPIRY: 'Expiry', SPIKE: 'Spike'};
/** @type {Record<Api.Alert['level'], string>} */
export const LEVEL = {NOTICE: 'Notice', WARNING: 'Warning', CRITICAL: 'Critical', RECOVERED: 'Recovered'};
export const TOPICS = ['lead-sourced', 'phone-revealed', 'email-sent', 'usage-reversed', 'credit-grants', 'campaigns', 'workspaces'];

/**
 * Why an event was rejected, and what its sender or an operator does next.
 * @type {{[reason: string]: {is: string, next: string}}}
 */
export const REJECTION = {
  UNDECODABLE: {is: 'cannot be read', next: 'Compare the producer’s serializer and registry with these. When its schema is registered, redrive.'},
  WRONG_TYPE: {is: 'another kind of record', next: 'The producer sends this record to the wrong topic.'},
  MISSING_FIELD: {is: 'an id is empty', next: 'The producer must fill every id and send the event again.'},
  KEY_MISMATCH: {is: 'the key is not its workspace', next: 'The producer must key each record by its workspaceId and send it again.'},
  WRONG_PARTITION: {is: 'on the wrong partition', next: 'Set the producer’s partitioner to murmur2, as the detail says, then redrive.'},
  INVALID: {is: 'a value is not allowed', next: 'The detail names it. The producer must correct it and send the event again.'},
  TOO_OLD: {is: 'came too late', next: 'To count it all the same, redrive in backfill mode.'},
  IN_FUTURE: {is: 'lies in the future', next: 'Check the clocks of producer and brokers, then redrive.'},
  CONFLICT: {is: 'its id was used before', next: 'The first use counts. If both happened, the producer must send this one under an id of its own.'},
  UNMATCHED: {is: 'takes back what never came', next: 'If the usage arrives after all, redrive the reversal.'},
};

/** What a chart's series is called. @param {Api.Trends['groupBy']} groupBy @param {Api.Series} series */
export function seriesLabel(groupBy, series) {
  const key = series.key ?? '';
  if (series.rest) return 'Other';
  if (groupBy === 'none') return 'Credits';
  if (groupBy === 'kind') return KIND_SERIES[key] ?? series.label;
  if (groupBy === 'source') return /** @type {{[key: string]: string}} */ (SOURCE)[key] ?? series.label;
  return series.label || key;
}

/** Those of a list, in its order; campaigns of one name bear their ids, too. @param {Api.Trends['groupBy']} groupBy @param {Api.Series[]} list */
export function seriesLabels(groupBy, list) {
  const labels = list.map(series => seriesLabel(groupBy, series));
  if (groupBy !== 'campaign') return labels;
  const ids = twins(list.flatMap(({key, rest}, index) => (rest || key === null ? [] : [{id: key, name: labels[index]}])));
  return labels.map((label, index) => {
    const id = ids.get(list[index].key ?? '');
    return id ? `${label} (${id})` : label;
  });
}

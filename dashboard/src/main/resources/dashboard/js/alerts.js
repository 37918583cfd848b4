/** Alerts as people need them: like ones told together, one crossing told once, which mark the chart, what they say. */
import * as format from './format.js';

const TOLD_TOGETHER_MIN = 4;
const MINUTE_MS = 60_000;

/**
 * Alerts in force as lines, in their order: an alert alone, or a heading where four or more campaigns or grants share kind
 * and level.
 *
 * @param {Api.Alert[]} alerts
 * @param more whether there are more than these
 */
export function folded(alerts, more = false) {
  /** @type {Map<string, Api.Alert[]>} */
  const groups = new Map();
  for (const alert of alerts) {
    const key = `${alert.kind}/${alert.level}`;
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  /** @type {AlertLine[]} */
  const lines = [];
  for (const group of groups.values()) {
    if (group.length < TOLD_TOGETHER_MIN) lines.push(...group.map(alert => ({alerts: [alert], heading: null})));
    else lines.push({alerts: group, heading: (more ? 'At least ' : '') + together(group)});
  }
  return lines;
}

/** @param {Api.Alert[]} alerts */
function together([{kind, threshold}, ...others]) {
  const count = format.number(others.length + 1);
  if (kind === 'QUOTA')
    return threshold !== null && threshold < 1
      ? `${count} campaigns have used ${format.share(Math.round(threshold * 100), 100)} of their quota or more.`
      : `${count} campaigns have reached their quota.`;
  if (kind === 'SPIKE') return `${count} campaigns spend unusually much.`;
  if (kind === 'EXPIRY') return `${count} grants expire soon.`;
  return `${count} alerts.`;
}

/** The threshold that was crossed: `at 80% of the quota`; empty where there is none. @param {Pick<Api.Alert, 'kind' | 'threshold'>} alert */
export function thresholdText({kind, threshold}) {
  if (threshold === null) return '';
  if (kind === 'EXPIRY') return `${format.counted(threshold, 'day')} before`;
  const percent = format.share(Math.round(threshold * 100), 100);
  return kind === 'QUOTA' ? `at ${percent} of the quota` : kind === 'LOW_BALANCE' ? `at ${percent} left` : '';
}

/** @type {Api.Alert['level'][]} */
const BY_SEVERITY = ['NOTICE', 'WARNING', 'CRITICAL'];

/**
 * Raised alerts without those that say less of the same: of one subject in one minute, which is what is shown of their time,
 * the most severe is left, in the place of the first.
 *
 * @param {Api.Alert[]} alerts
 */
export function mostSevere(alerts) {
  /** @type {Map<string, Api.Alert>} */
  const kept = new Map();
  for (const alert of alerts) {
    const {kind, campaignId, grantId, level, occurredAt} = alert;
    const subject = [kind, campaignId, grantId, level === 'RECOVERED', Math.floor(Date.parse(occurredAt) / MINUTE_MS)];
    const key = JSON.stringify(subject);
    const before = kept.get(key);
    if (!before || BY_SEVERITY.indexOf(level) > BY_SEVERITY.indexOf(before.level)) kept.set(key, alert);
  }
  return [...kept.values()];
}

/** @param {Api.Alert[]} alerts */
export const spikes = alerts => alerts.filter(({kind, level}) => kind === 'SPIKE' && level !== 'RECOVERED');

const MOMENT = /(\d{1,2} [A-Z][a-z]{2} \d{4}), (\d{2}:\d{2}) UTC(?:([+-]\d{2}):(\d{2}))?/g;

/**
 * The message, its moments (`15 Dec 2026, 16:00 UTC-08:00`) as the reader writes them, in the workspace's zone.
 * @param {{message: string}} alert @param {Zone} timeZone
 */
export const messageOf = ({message}, timeZone) =>
  message.replace(MOMENT, (_, day, time, hours = '+00', minutes = '00') =>
    format.exact(`${day} ${time} GMT${hours}${minutes}`, timeZone),
  );

/** Alerts as people need them: which are in force, which mark the chart, what they say. */
import {serverNow} from './api.js';
import * as format from './format.js';

const RECENT_MS = {SPIKE: 24 * 3_600_000, EXPIRY: 3 * 86_400_000, QUOTA: 7 * 86_400_000, LOW_BALANCE: 31 * 86_400_000};
const RANK = {CRITICAL: 0, WARNING: 1, NOTICE: 2, RECOVERED: 3};
const worseFirst = (a, b) => RANK[a.level] - RANK[b.level];

/**
 * What needs attention now, worst first: of each subject the latest alert, unless it has recovered or is old. A jump over
 * several thresholds raises them at one instant; then the worst stands for all.
 */
export function inForce(alerts) {
  const latest = new Map();
  for (const alert of alerts) {
    const before = latest.get(subjectOf(alert));
    const same = before?.occurredAt === alert.occurredAt;
    if (!before || before.occurredAt < alert.occurredAt || (same && worseFirst(alert, before) < 0))
      latest.set(subjectOf(alert), alert);
  }
  return [...latest.values()]
    .filter(({level, kind, occurredAt}) => level !== 'RECOVERED' && serverNow() - Date.parse(occurredAt) < RECENT_MS[kind])
    .sort(worseFirst);
}

/** An expiry notice does not name its grant, but two notices of one grant are further apart than they stay in force. */
const subjectOf = ({kind, campaignId, alertId}) => `${kind}/${kind === 'EXPIRY' ? alertId : (campaignId ?? '')}`;

export const spikes = alerts => alerts.filter(({kind, level}) => kind === 'SPIKE' && level !== 'RECOVERED');

/** The message, its moments (which the pipeline writes in UTC) in the workspace's zone. */
export const messageOf = ({message}, timeZone) =>
  message.replace(/(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC/g, (_, day, time) =>
    format.dateTime(`${day}T${time}:00Z`, timeZone),
  );

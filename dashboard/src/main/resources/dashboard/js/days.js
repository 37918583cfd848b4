/** Calendar days as `YYYY-MM-DD` strings, in a workspace's time zone. */
const DAY_MS = 86_400_000;
const zones = new Map();

/** The zone if this browser knows it, else UTC. */
export function knownZone(timeZone) {
  if (!zones.has(timeZone)) {
    try {
      new Intl.DateTimeFormat('en', {timeZone});
      zones.set(timeZone, timeZone);
    } catch {
      zones.set(timeZone, 'UTC');
    }
  }
  return zones.get(timeZone);
}

const partsFormats = new Map();

function partsFormat(timeZone) {
  const zone = knownZone(timeZone || 'UTC');
  if (!partsFormats.has(zone)) {
    partsFormats.set(
      zone,
      new Intl.DateTimeFormat('en-CA', {
        timeZone: zone,
        calendar: 'gregory',
        numberingSystem: 'latn',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
      }),
    );
  }
  return partsFormats.get(zone);
}

/** The day that holds an instant. */
export function dayOf(instant, timeZone) {
  const parts = partsFormat(timeZone).formatToParts(new Date(instant));
  const part = type => parts.find(p => p.type === type).value;
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

export const utcMidnight = day => Date.parse(day + 'T00:00:00Z');

export const addDays = (day, count) => new Date(utcMidnight(day) + count * DAY_MS).toISOString().slice(0, 10);

/** How many days lie from one to the other, both included. */
export const daysIn = (from, to) => Math.round((utcMidnight(to) - utcMidnight(from)) / DAY_MS) + 1;

export const isDay = text =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(utcMidnight(text)) &&
  new Date(utcMidnight(text)).toISOString().startsWith(text);

export const LONGEST_RANGE_DAYS = 400;
export const PRESETS = [
  ['7d', '7 days'],
  ['30d', '30 days'],
  ['90d', '90 days'],
  ['period', 'Credit period'],
];

/**
 * A range as it stands in the address (`30d`, `period`, `2026-01-01..2026-01-31`) as days.
 * `period` is answered by the credit period's first day up to today, at most 400 days of it.
 */
export function resolveRange(range, today, period, timeZone) {
  const [from, to] = (range || '').split('..');
  if (to !== undefined && isDay(from) && isDay(to) && from <= to && daysIn(from, to) <= LONGEST_RANGE_DAYS)
    return {from, to};
  if (range === 'period' && period) {
    const start = dayOf(period.start, timeZone);
    const earliest = addDays(today, 1 - LONGEST_RANGE_DAYS);
    return {from: start < earliest ? earliest : start, to: today};
  }
  const days = {'7d': 7, '90d': 90}[range] ?? 30;
  return {from: addDays(today, 1 - days), to: today};
}

/** The same number of days, ending the day before. */
export function previousRange({from, to}) {
  const days = daysIn(from, to);
  return {from: addDays(from, -days), to: addDays(from, -1)};
}

/** Hours are kept for 50 days and shown for at most 14 of them. */
export const isShort = ({from, to}) => daysIn(from, to) <= 14;
export const hoursAllowed = (range, today) => isShort(range) && range.from >= addDays(today, -49);

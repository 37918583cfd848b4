/** Numbers, days and instants as the reader writes them, in the workspace's zone. */
import {knownZone, utcMidnight} from './days.js';

const locales = (navigator.languages ?? []).filter(tag => {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false; // some systems report names such as en-US@posix
  }
});

const formats = new Map();

function cached(kind, options) {
  const key = kind.name + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new kind(locales, options));
  return formats.get(key);
}

const dates = (timeZone, options) => cached(Intl.DateTimeFormat, {timeZone: knownZone(timeZone || 'UTC'), ...options});
const DAY = {day: 'numeric', month: 'short'};
const FULL_DAY = {...DAY, year: 'numeric'};

export const number = value => cached(Intl.NumberFormat, {}).format(value);
export const compact = value =>
  cached(Intl.NumberFormat, {notation: 'compact', maximumFractionDigits: 1}).format(value);
export const signed = value => cached(Intl.NumberFormat, {signDisplay: 'exceptZero'}).format(value);
export const decimal = value => cached(Intl.NumberFormat, {maximumFractionDigits: 1}).format(value);
export const percent = ratio =>
  cached(Intl.NumberFormat, {style: 'percent', maximumFractionDigits: ratio < 0.1 && ratio > 0 ? 1 : 0}).format(ratio);
export const signedPercent = ratio =>
  cached(Intl.NumberFormat, {style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero'}).format(ratio);

/** `3 Nov` of a calendar day. */
export const day = text => dates('UTC', DAY).format(utcMidnight(text));
export const fullDay = text => dates('UTC', FULL_DAY).format(utcMidnight(text));
export const weekday = text => dates('UTC', {weekday: 'long', ...FULL_DAY}).format(utcMidnight(text));
export const shortWeekday = text => dates('UTC', {weekday: 'short', ...FULL_DAY}).format(utcMidnight(text));
export const days = (from, to) => dates('UTC', FULL_DAY).formatRange(utcMidnight(from), utcMidnight(to));

export const date = (instant, timeZone) => dates(timeZone, FULL_DAY).format(new Date(instant));
export const shortDate = (instant, timeZone) => dates(timeZone, DAY).format(new Date(instant));
export const time = (instant, timeZone) =>
  dates(timeZone, {hour: 'numeric', minute: '2-digit', second: '2-digit'}).format(new Date(instant));
export const hour = (instant, timeZone) =>
  dates(timeZone, {hour: 'numeric', minute: '2-digit'}).format(new Date(instant));
export const dateTime = (instant, timeZone) =>
  dates(timeZone, {...FULL_DAY, hour: 'numeric', minute: '2-digit'}).format(new Date(instant));

/** A date and time as short as can be: the year only when it is not a recent one. */
export const moment = (instant, timeZone) =>
  Math.abs(Date.now() - Date.parse(instant)) > 300 * 86_400_000
    ? date(instant, timeZone)
    : dates(timeZone, {...DAY, hour: 'numeric', minute: '2-digit'}).format(new Date(instant));

export const dateTimeOfHour = (instant, timeZone) =>
  dates(timeZone, {weekday: 'short', ...DAY, hour: 'numeric', minute: '2-digit'}).format(new Date(instant));

/** `Europe/Berlin (GMT+1)`. */
export function zone(timeZone) {
  const parts = dates(timeZone, {timeZoneName: 'shortOffset'}).formatToParts(new Date());
  const offset = parts.find(part => part.type === 'timeZoneName')?.value;
  const name = timeZone.replaceAll('_', ' ');
  return offset && offset !== name ? `${name} (${offset})` : name;
}

/** `40 s ago`, in the largest fitting unit: the page's English around the reader's digits. */
export function ago(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${number(seconds)} s ago`;
  if (seconds < 3600) return `${number(Math.floor(seconds / 60))} min ago`;
  if (seconds < 86_400) return `${number(Math.floor(seconds / 3600))} h ago`;
  return `${counted(Math.floor(seconds / 86_400), 'day')} ago`;
}

/** `1 day`, `12 days`: an English noun after a number in the reader's digits. */
export const counted = (count, one, many = one + 's') => `${number(count)} ${count === 1 ? one : many}`;

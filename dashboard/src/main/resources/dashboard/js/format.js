/** Numbers, days and instants as the reader writes them, in the workspace's zone. */
import {serverNow} from './clock.js';
import {dayOf, isShownTwice, knownZone, utcMidnight} from './days.js';

const locales = (globalThis.navigator?.languages ?? ['en-US']).filter(tag => {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false; // some systems report names such as en-US@posix
  }
});

const formats = new Map();

/**
 * @template Options, Format
 * @param {new (locales: readonly string[], options: Options) => Format} kind @param {Options} options
 * @returns {Format}
 */
function cached(kind, options) {
  const key = kind.name + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new kind(locales, options));
  return formats.get(key);
}

/** @param {Zone} timeZone @param {Intl.DateTimeFormatOptions} options */
const dates = (timeZone, options) => cached(Intl.DateTimeFormat, {timeZone: knownZone(timeZone || 'UTC'), ...options});
/** @type {Intl.DateTimeFormatOptions} */
const DAY = {day: 'numeric', month: 'short'};
/** @type {Intl.DateTimeFormatOptions} */
const FULL_DAY = {...DAY, year: 'numeric'};
/** @type {Intl.DateTimeFormatOptions} */
const CLOCK = {hour: 'numeric', minute: '2-digit'};

/** @type {(value: number) => string} */
export const number = value => cached(Intl.NumberFormat, {}).format(value);
/** @type {(value: number) => string} */
export const compact = value =>
  cached(Intl.NumberFormat, {notation: 'compact', maximumSignificantDigits: 3}).format(value);
/** With the minus sign of print, which some languages write with a hyphen. @param {string} text */
const withMinus = text => text.replace('-', '\u2212');
/** @type {(value: number) => string} */
export const signed = value => withMinus(cached(Intl.NumberFormat, {signDisplay: 'exceptZero'}).format(value));
/** @type {(value: number) => string} */
export const decimal = value => cached(Intl.NumberFormat, {maximumFractionDigits: 1}).format(value);
/** Above 1,000 with three digits that count, as an estimate has no more. @param {number} value */
export const estimate = value => (value > 1_000 ? Number(value.toPrecision(3)) : value);

/** @param {number} whole @param {Intl.NumberFormatOptions} more */
const percent = (whole, more = {}) => withMinus(cached(Intl.NumberFormat, {style: 'percent', ...more}).format(whole / 100));

/**
 * A part of a whole, in whole percents that are reached, as alerts have it; `under 1%` of what is not nothing, `over 99%` of
 * what is not all.
 * @param {number} part @param {number} whole
 */
export function share(part, whole) {
  const reached = Math.floor((part * 100) / whole);
  if (part > 0 && reached < 1) return `under ${percent(1)}`;
  return part < whole && part * 100 > whole * 99 ? `over ${percent(99)}` : percent(reached);
}

/**
 * How a total compares with an earlier one, which is not 0; never a change of 0 % or -100 % that is not.
 * @param {number} total @param {number} before
 */
export function change(total, before) {
  if (total === before) return 'the same';
  const percents = (total / before - 1) * 100;
  if (percents >= 900) return `×${number(Math.round(total / before))}`;
  if (Math.abs(percents) < 1) return `under ${percent(1)} ${percents > 0 ? 'more' : 'less'}`;
  return percent(total > 0 ? Math.max(-99, Math.round(percents)) : -100, {signDisplay: 'exceptZero'});
}

/** @param {Day} day @param {Zone} timeZone */
const withYear = (day, timeZone) => (day.slice(0, 4) === dayOf(serverNow(), timeZone).slice(0, 4) ? DAY : FULL_DAY);

/**
 * The zone's own letters, in the one night of the year in which a time alone does not say which.
 * @type {(instant: Instant, timeZone: Zone) => Intl.DateTimeFormatOptions}
 */
const withZone = (instant, timeZone) => (isShownTwice(instant, timeZone) ? {timeZoneName: 'short'} : {});

/** @param {Instant} instant @param {Zone} timeZone @param {Intl.DateTimeFormatOptions} options */
const at = (instant, timeZone, options) => dates(timeZone, options).format(new Date(instant));

/** `3 Nov` of a calendar day, with the year unless it is the present one. @param {Day} text @param {Zone} timeZone */
export const day = (text, timeZone) => dates('UTC', withYear(text, timeZone)).format(utcMidnight(text));
/** @param {Day} text */
export const weekday = text => dates('UTC', {weekday: 'long', ...FULL_DAY}).format(utcMidnight(text));
/** @param {Day} text */
export const shortWeekday = text => dates('UTC', {weekday: 'short', ...FULL_DAY}).format(utcMidnight(text));
/** @param {Day} from @param {Day} to */
export const days = (from, to) => dates('UTC', FULL_DAY).formatRange(utcMidnight(from), utcMidnight(to));
/** `3 – 9 Nov`, with the year unless both are of the present one. @param {Day} from @param {Day} to @param {Zone} timeZone */
export const shortDays = (from, to, timeZone) =>
  dates('UTC', withYear(from, timeZone) === DAY ? withYear(to, timeZone) : FULL_DAY).formatRange(utcMidnight(from), utcMidnight(to));
/** A time of day, `05:00`, as the reader writes it. @param {string} text */
export const clock = text => dates('UTC', CLOCK).format(Date.parse(`2000-01-01T${text}:00Z`));

/** @type {InZone} */
export const date = (instant, timeZone) => at(instant, timeZone, FULL_DAY);
/** `3 Nov`, with the year unless it is the present one. @type {InZone} */
export const shortDate = (instant, timeZone) => at(instant, timeZone, withYear(dayOf(instant, timeZone), timeZone));
/** @type {InZone} */
export const time = (instant, timeZone) =>
  at(instant, timeZone, {...CLOCK, second: '2-digit', ...withZone(instant, timeZone)});
/** @type {InZone} */
export const hour = (instant, timeZone) => at(instant, timeZone, {...CLOCK, ...withZone(instant, timeZone)});
/** @type {InZone} */
export const dateTime = (instant, timeZone) =>
  at(instant, timeZone, {...FULL_DAY, ...CLOCK, ...withZone(instant, timeZone)});
/** With hour and zone, for what happens at one moment of a day. @type {InZone} */
export const exact = (instant, timeZone) => at(instant, timeZone, {...FULL_DAY, ...CLOCK, timeZoneName: 'short'});

/** A date and time as short as can be: the year only when it is not the present one. @type {InZone} */
export const moment = (instant, timeZone) =>
  at(instant, timeZone, {...withYear(dayOf(instant, timeZone), timeZone), ...CLOCK, ...withZone(instant, timeZone)});

/** @type {InZone} */
export const dateTimeOfHour = (instant, timeZone) =>
  at(instant, timeZone, {
    weekday: 'short',
    ...withYear(dayOf(instant, timeZone), timeZone),
    ...CLOCK,
    ...withZone(instant, timeZone),
  });

/** `Europe/Berlin (GMT+1)`; says so where this browser has to show UTC instead. @param {Zone} timeZone */
export function zone(timeZone) {
  if (knownZone(timeZone) !== timeZone) return `UTC, as this browser does not know ${timeZone}`;
  const parts = dates(timeZone, {timeZoneName: 'shortOffset'}).formatToParts(new Date());
  const offset = parts.find(part => part.type === 'timeZoneName')?.value;
  const name = timeZone.replaceAll('_', ' ');
  return offset && offset !== name ? `${name} (${offset})` : name;
}

/** `40 s ago`, in the largest fitting unit: the page's English around the reader's digits. @param {number} milliseconds */
export function ago(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${number(seconds)} s ago`;
  if (seconds < 3600) return `${number(Math.floor(seconds / 60))} min ago`;
  if (seconds < 86_400) return `${number(Math.floor(seconds / 3600))} h ago`;
  return `${counted(Math.floor(seconds / 86_400), 'day')} ago`;
}

/** `1 day`, `12 days`: an English noun after a number in the reader's digits. @param {number} count @param {string} one */
export const counted = (count, one, many = one + 's') => `${number(count)} ${count === 1 ? one : many}`;

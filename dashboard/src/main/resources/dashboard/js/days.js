/** Calendar days as `YYYY-MM-DD` strings, in a workspace's time zone. */
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** @type {Map<string, string>} */
const zones = new Map();

/** The zone if this browser knows it, else UTC. @param {Zone} timeZone */
export function knownZone(timeZone) {
  if (!zones.has(timeZone)) {
    try {
      new Intl.DateTimeFormat('en', {timeZone});
      zones.set(timeZone, timeZone);
    } catch {
      zones.set(timeZone, 'UTC');
    }
  }
  return zones.get(timeZone) ?? 'UTC';
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const partsFormats = new Map();

/** @param {Zone} timeZone */
function partsFormat(timeZone) {
  const zone = knownZone(timeZone || 'UTC');
  let format = partsFormats.get(zone);
  if (!format) {
    const two = '2-digit';
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
    });
    partsFormats.set(zone, format);
  }
  return format;
}

/** The date and time that a clock on the wall shows, as if it were UTC: `2026-11-01T01:00:00`. @param {Instant} instant @param {Zone} timeZone */
export function wallClock(instant, timeZone) {
  /** @type {Record<string, string>} */
  const of = {};
  for (const {type, value} of partsFormat(timeZone).formatToParts(new Date(instant))) of[type] = value;
  return `${of.year.padStart(4, '0')}-${of.month}-${of.day}T${of.hour}:${of.minute}:${of.second}`;
}

/** The day that holds an instant. @param {Instant} instant @param {Zone} timeZone */
export const dayOf = (instant, timeZone) => wallClock(instant, timeZone).slice(0, 10);

/** The hour of its day that an instant lies in, 0 to 23. @param {Instant} instant @param {Zone} timeZone */
export const hourOf = (instant, timeZone) => Number(wallClock(instant, timeZone).slice(11, 13));

/** @param {number} time @param {Zone} timeZone */
const offsetAt = (time, timeZone) => Date.parse(wallClock(time, timeZone) + 'Z') - Math.floor(time / 1_000) * 1_000;

/** `2026-11-01T09:00:00+01:00`: what a clock on the wall shows, with its distance from UTC. @param {Instant} instant @param {Zone} timeZone */
export function localTime(instant, timeZone) {
  const time = new Date(instant).getTime();
  const minutes = Math.round(offsetAt(time, timeZone) / 60_000);
  const away = Math.abs(minutes);
  /** @param {number} value */
  const two = value => String(value).padStart(2, '0');
  const part = time % 1_000 === 0 ? '' : new Date(time).toISOString().slice(19, 23);
  const offset = away === 0 ? 'Z' : `${minutes < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`;
  return wallClock(time, timeZone) + part + offset;
}

/**
 * Whether a clock on the wall shows this time twice, as it does in a night in which it is put back.
 * @param {Instant} instant @param {Zone} timeZone
 */
export function isShownTwice(instant, timeZone) {
  const time = new Date(instant).getTime();
  const before = offsetAt(time - 3 * HOUR_MS, timeZone);
  const after = offsetAt(time + 3 * HOUR_MS, timeZone);
  if (before <= after) return false;
  const wall = time + offsetAt(time, timeZone);
  return offsetAt(wall - before, timeZone) === before && offsetAt(wall - after, timeZone) === after;
}

/** The first instant of a day, in milliseconds; a day may begin at 01:00. @param {Day} day @param {Zone} timeZone */
export function startOfDay(day, timeZone) {
  let before = utcMidnight(day) - 15 * HOUR_MS;
  let within = utcMidnight(day) + 15 * HOUR_MS;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayOf(middle, timeZone) < day) before = middle;
    else within = middle;
  }
  return within;
}

/** @param {Day} day */
export const utcMidnight = day => Date.parse(day + 'T00:00:00Z');

/** @param {Day} day @param {number} count */
export const addDays = (day, count) => new Date(utcMidnight(day) + count * DAY_MS).toISOString().slice(0, 10);

/** How many days lie from one to the other, both included. @param {Day} from @param {Day} to */
export const daysIn = (from, to) => Math.round((utcMidnight(to) - utcMidnight(from)) / DAY_MS) + 1;

/** @param {string} text */
export const isDay = text =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(utcMidnight(text)) &&
  new Date(utcMidnight(text)).toISOString().startsWith(text);

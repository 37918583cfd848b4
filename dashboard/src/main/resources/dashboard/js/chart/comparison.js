/** How the days or hours of one range stand beside those of the range before: paired by what a clock on the wall shows. */
import {dayOf, daysIn, hourOf, startOfDay, addDays, wallClock} from '../days.js';

const HOUR_MS = 3_600_000;

/**
 * Where a bucket stands in time. `start` is a day or, by the hour, an instant.
 * @param {string} start @param {Granularity} granularity @param {Zone} timeZone @param {number} now
 * @returns {Bucket['state']}
 */
export function stateOf(start, granularity, timeZone, now) {
  const [begin, end] =
    granularity === 'day'
      ? [startOfDay(start, timeZone), startOfDay(addDays(start, 1), timeZone)]
      : [Date.parse(start), Date.parse(start) + HOUR_MS];
  return end <= now ? 'over' : begin <= now ? 'under-way' : 'ahead';
}

/**
 * The values before, one for each of the present starts; null where the clock showed no such hour. All of them are given to
 * one start or another: an hour that the night of a clock change lacks goes to the next, one that it has twice to the last.
 *
 * @param {string[]} starts days, or instants by the hour
 * @param {Day} from
 * @param {{from: Day, points: {start: string, credits: number}[]}} before of the range before
 * @param {Granularity} granularity @param {Zone} timeZone
 */
export function paired(starts, from, before, granularity, timeZone) {
  if (granularity === 'day') return starts.map((_, index) => before.points[index]?.credits ?? null);
  /** @param {string} start @param {Day} first */
  const place = (start, first) => (daysIn(first, dayOf(start, timeZone)) - 1) * 24 + hourOf(start, timeZone);
  const places = starts.map(start => place(start, from));
  /** @type {(number | null)[]} */
  const values = starts.map(() => null);
  const taken = new Map(); // how many hours of a place have been given away
  for (const {start, credits} of before.points) {
    const wanted = place(start, before.from);
    const nth = taken.get(wanted) ?? 0;
    taken.set(wanted, nth + 1);
    const index = indexOf(places, wanted, nth);
    if (index >= 0) values[index] = (values[index] ?? 0) + credits;
  }
  return values;
}

/** The nth start of that place or, if there are fewer, the last; without any the next one's. @param {number[]} places @param {number} wanted @param {number} nth */
function indexOf(places, wanted, nth) {
  const first = places.findIndex(place => place >= wanted);
  if (first < 0) return places.length - 1;
  let index = first;
  for (let step = 0; step < nth && places[index + 1] === places[first]; step++) index++;
  return index;
}

/**
 * What can be compared fairly: the buckets that are over, against as many before; a range that is all over against the whole
 * range before, which may have days more.
 *
 * @param {Pick<Bucket, 'start' | 'state' | 'total' | 'previous'>[]} buckets
 * @param {{range: DayRange, total: number}} before the range before, and all that was used in it
 * @param {Granularity} granularity @param {Zone} timeZone
 * @returns `now` and `then`: the days and, where a day ends early, the hour up to which each side counts; null without any
 */
export function comparable(buckets, before, granularity, timeZone) {
  const over = buckets.filter(bucket => bucket.state === 'over');
  const whole = over.length === buckets.length;
  const now = over.length ? spanOf(over, granularity, timeZone) : null;
  return {
    total: sum(over, 'total'),
    previous: whole ? before.total : sum(over, 'previous'),
    whole,
    before,
    now,
    then: now && (whole ? {...before.range, until: null} : asFar(now, before.range)),
  };
}

/** @param {Pick<Bucket, 'start'>[]} over @param {Granularity} granularity @param {Zone} timeZone @returns {Span} */
function spanOf(over, granularity, timeZone) {
  const [from, to] = [over[0], over[over.length - 1]].map(({start}) => start);
  if (granularity === 'day') return {from, to, until: null};
  const days = {from: dayOf(from, timeZone), to: dayOf(to, timeZone)};
  const end = Date.parse(to) + HOUR_MS;
  return {...days, until: dayOf(end, timeZone) === days.to ? wallClock(end, timeZone).slice(11, 16) : null};
}

/** As many days of another range, up to the same hour. @param {Span} span @param {DayRange} range @returns {Span} */
function asFar({from, to, until}, range) {
  const last = addDays(range.from, daysIn(from, to) - 1);
  return last > range.to ? {...range, until: null} : {from: range.from, to: last, until};
}

/** What was used day by day, of hours their sums. @param {{buckets: Pick<Bucket, 'start' | 'total'>[], granularity: Granularity, timeZone: Zone}} model */
export function dailyPoints({buckets, granularity, timeZone}) {
  /** @type {Map<Day, number>} */
  const days = new Map();
  for (const {start, total} of buckets) {
    const day = granularity === 'day' ? start : dayOf(start, timeZone);
    days.set(day, (days.get(day) ?? 0) + total);
  }
  return [...days].map(([start, credits]) => ({start, credits}));
}

/**
 * Credits a day over the days that were there and are over: not today, not those ahead, none before the workspace began.
 *
 * @param {{start: Day, credits: number}[]} points by day
 * @param {Day} today
 * @param {Day | null} began the day on which the workspace had its first grant; null without any
 * @returns average null without a day, since null unless the first days are left out
 */
export function dailyAverage(points, today, began) {
  const used = points.find(point => point.credits > 0)?.start ?? null;
  const [first] = [began, used].filter(day => day !== null).sort();
  const counted = points.filter(({start}) => start < today && first !== undefined && start >= first);
  const average = counted.length ? sum(counted, 'credits') / counted.length : null;
  return {days: counted.length, average, since: first && points[0] && first > points[0].start ? first : null};
}

/** @type {<Field extends string>(items: {[field in Field]: number | null}[], field: Field) => number} */
const sum = (items, field) => items.reduce((total, item) => total + (item[field] ?? 0), 0);

/** How the chosen days compare with those before, in words. */
import {dayOf} from '../days.js';
import * as format from '../format.js';
import {PERIOD} from '../forecast-text.js';
import {GROUP} from '../labels.js';

/**
 * Both sides with their days and hours; after a part of the range before, all of it.
 * @param {NonNullable<Model['compared']>} compared what of both is over and so can be compared
 * @param {Granularity} granularity @param {Zone} timeZone
 */
export function comparisonText({total, previous, whole, before, now, then}, granularity, timeZone) {
  if (!now || !then) return `Nothing to compare yet: the first ${granularity} is not over.`;
  /** @param {Span} span */
  const on = span => spanText(span, timeZone);
  const all = whole || isAll(then, before.range) ? '' : ` All of ${format.shortDays(before.range.from, before.range.to, timeZone)}: ${format.number(before.total)}.`;
  if (previous > 0)
    return `${format.change(total, previous)}: ${format.number(total)} ${on(now)} against ${format.number(previous)} ${on(then)}.${all}`;
  return total === 0
    ? `Nothing was used ${on(now)}, nor ${on(then)}.${all}`
    : `Nothing was used ${on(then)}; ${format.number(total)} ${on(now)}.${all}`;
}

/** @param {Span} span @param {DayRange} range */
const isAll = ({from, to, until}, range) => from === range.from && to === range.to && until === null;

/** `on Nov 1 – 29`, `on Nov 30 until 5:00 AM`, `from Nov 24 to Nov 30, 5:00 AM` @param {Span} span @param {Zone} timeZone */
function spanText({from, to, until}, timeZone) {
  if (until === null) return `on ${format.shortDays(from, to, timeZone)}`;
  if (from === to) return `on ${format.day(to, timeZone)} until ${format.clock(until)}`;
  return `from ${format.day(from, timeZone)} to ${format.day(to, timeZone)}, ${format.clock(until)}`;
}

/**
 * What a change of the controls has come to, for screen readers; empty if nothing of it has changed.
 * @param {Told} before @param {Told} now
 */
export function announcement(before, now) {
  const moved = before.from !== now.from || before.to !== now.to;
  /** @type {(string | false | null)[]} */
  const parts = [
    moved && `${format.days(now.from, now.to)}: ${format.counted(now.total, 'credit')} used`,
    before.granularity !== now.granularity && `Per ${now.granularity}`,
    before.groupBy !== now.groupBy && (now.groupBy === 'none' ? 'Not grouped' : `Grouped by ${GROUP[now.groupBy].toLowerCase()}`),
    before.balance !== now.balance && (now.balance ? 'With the balance' : 'Without the balance'),
    (before.compared !== now.compared || (now.compared && (moved || before.granularity !== now.granularity))) &&
      (now.compared ? (now.comparison ?? '') : 'Without the previous period'),
  ];
  return parts.filter(Boolean).map(part => String(part).replace(/\.?$/, '.')).join(' ');
}

/** What the credit period is. @param {Pick<Api.Period, 'start' | 'end'>} period @param {Zone} timeZone */
export const periodText = ({start, end}, timeZone) =>
  `Credit period: ${PERIOD}, ${format.shortDays(dayOf(start, timeZone), dayOf(end, timeZone), timeZone)}`;

/**
 * @param {{days: number, since: Day | null}} average of {@link dailyAverage}
 * @param {DayRange} range of the days
 * @param {Day} today
 * @param {Zone} timeZone
 */
export function averageText({days, since}, {from, to}, today, timeZone) {
  if (days === 0 && to < today) return since ? `Credits exist from ${format.day(since, timeZone)} on` : 'No credits yet';
  if (days === 0) return 'No whole day yet';
  const withToday = from <= today && today <= to;
  const basis = `over ${format.counted(days, 'whole day')}${since ? ` since ${format.day(since, timeZone)}` : ''}`;
  return withToday ? `${basis}, today left out` : basis;
}

/** The range of days that stands in the address, as days; and why it cannot be shown as it stands. */
import {addDays, dayOf, daysIn, isDay} from './days.js';

export const LONGEST_DAYS = 400;
export const PRESETS = [
  ['today', 'Today'],
  ['7d', '7 days'],
  ['30d', '30 days'],
  ['90d', '90 days'],
  ['month', 'This month'],
  ['last-month', 'Last month'],
  ['period', 'Credit period'],
];

const FORM = `Ranges are written like 2026-01-01..2026-01-31, with at most ${LONGEST_DAYS} days.`;

/**
 * @param {string | undefined} range as in the address: `30d`, `month`, `period`, `2026-01-01..2026-01-31`; empty for the default
 * @param {Day} today the workspace's day
 * @param {Pick<Api.Period, 'start'> | null | undefined} period the workspace's credit period; null if there is none, undefined if it is not known
 * @param {Zone} timeZone
 * @returns {CheckedRange} `wrong` says in a sentence why another range stands here, else it is null
 */
export function resolveRange(range, today, period, timeZone) {
  /** @type {(days: number) => CheckedRange} */
  const last = days => ({from: addDays(today, 1 - days), to: today, wrong: null});
  /** @type {(why: string) => CheckedRange} */
  const instead = why => ({...last(30), wrong: why});
  const asked = range || '30d';
  switch (asked) {
    case 'today':
      return last(1);
    case '7d':
      return last(7);
    case '30d':
      return last(30);
    case '90d':
      return last(90);
    case 'month':
      return {from: today.slice(0, 8) + '01', to: today, wrong: null};
    case 'last-month': {
      const to = addDays(today.slice(0, 8) + '01', -1);
      return {from: to.slice(0, 8) + '01', to, wrong: null};
    }
    case 'period':
      return period ? periodDays(period, today, timeZone) : instead(noPeriod(period));
    default:
      return custom(asked, instead);
  }
}

/** @param {null | undefined} period */
const noPeriod = period =>
  period === undefined
    ? 'The credit period cannot be loaded right now.'
    : 'There is no credit period: no live grant has an end.';

/** @param {Pick<Api.Period, 'start'>} period @param {Day} today @param {Zone} timeZone */
function periodDays({start}, today, timeZone) {
  const from = dayOf(start, timeZone);
  const earliest = addDays(today, 1 - LONGEST_DAYS);
  return from < earliest
    ? {from: earliest, to: today, wrong: `The credit period began more than ${LONGEST_DAYS} days ago.`}
    : {from, to: today, wrong: null};
}

/** @param {string} range @param {(why: string) => CheckedRange} instead */
function custom(range, instead) {
  const [from, to, more] = range.split('..');
  if (to === undefined || more !== undefined) return instead(`“${range}” is no range of days. ${FORM}`);
  const absent = [from, to].find(day => !isDay(day));
  if (absent !== undefined)
    return instead(absent ? `There is no day “${absent}”. ${FORM}` : `“${range}” lacks a day. ${FORM}`);
  if (from > to) return instead(`“${range}” ends before it begins.`);
  if (daysIn(from, to) > LONGEST_DAYS) return instead(`“${range}” is longer than ${LONGEST_DAYS} days.`);
  return {from, to, wrong: null};
}

/**
 * What a range is compared with: the same number of days, ending the day before; of this month, the last one or a whole
 * calendar month chosen by its dates, the calendar month before, by the hour no more days of it than the range has.
 * @param {DayRange} range @param {string} [chosen] as in the address @param {Granularity} [granularity]
 * @returns {DayRange}
 */
export function previousRange({from, to}, chosen = '', granularity = 'day') {
  const days = daysIn(from, to);
  const before = {from: addDays(from, -days), to: addDays(from, -1)};
  const isMonth = chosen.includes('..') && from.endsWith('-01') && addDays(to, 1) === addDays(from, 31).slice(0, 8) + '01';
  if (!isMonth && chosen !== 'month' && chosen !== 'last-month') return before;
  const first = before.to.slice(0, 8) + '01';
  const last = addDays(first, days - 1);
  return {from: first, to: granularity === 'hour' && last < before.to ? last : before.to};
}

const HOURS_LONGEST_DAYS = 14;
const HOURS_KEPT_DAYS = 50;

/** Why a range cannot be shown by the hour, or null if it can. @param {DayRange} range @param {Day} today */
export function whyNotByHour({from, to}, today) {
  if (daysIn(from, to) > HOURS_LONGEST_DAYS) return `at most ${HOURS_LONGEST_DAYS} days`;
  return from < addDays(today, 1 - HOURS_KEPT_DAYS) ? `the last ${HOURS_KEPT_DAYS} days only` : null;
}

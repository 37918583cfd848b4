/** How the chosen days compare with those before, in words. */
import * as format from '../format.js';

/**
 * @param {{compared: NonNullable<Model['compared']>, granularity: Granularity}} model what of both is over and so can be compared
 * @param {DayRange} before the range before
 */
export function comparisonText({compared, granularity}, before) {
  const {total, previous, buckets, whole} = compared;
  const then = `the period before (${format.days(before.from, before.to)})`;
  if (buckets === 0) return `Nothing to compare yet: the first ${granularity} is not over.`;
  const basis = whole ? '' : ` over the ${format.counted(buckets, granularity)} that ${buckets === 1 ? 'is' : 'are'} over`;
  const used = whole ? '' : `${format.number(total)} `;
  if (previous === 0)
    return total === 0
      ? `Nothing used${basis}, nor in ${then}.`
      : `Nothing was used in ${whole ? '' : 'that part of '}${then}${whole ? '' : `, ${used.trim()} now`}.`;
  return `${format.change(total, previous)}${basis}: ${used}${used ? 'against' : 'from'} ${format.number(previous)} in ${whole ? '' : 'the same part of '}${then}`;
}

/**
 * @param {{days: number, since: Day | null}} average of {@link dailyAverage}
 * @param {boolean} withToday whether the range holds the day that is not over
 * @param {Zone} timeZone
 */
export function averageText({days, since}, withToday, timeZone) {
  if (days === 0) return 'No whole day yet';
  const basis = `over ${format.counted(days, 'whole day')}${since ? ` since ${format.day(since, timeZone)}` : ''}`;
  return withToday ? `${basis}, today left out` : basis;
}

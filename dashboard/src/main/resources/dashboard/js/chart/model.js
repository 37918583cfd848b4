/** What the chart draws: the API's series turned into buckets, the smaller ones folded into "Other". */
import {hasBegun} from '../grants.js';
import {seriesLabels} from '../labels.js';
import {addDays, dayOf, daysIn, startOfDay} from '../days.js';
import {comparable, paired, stateOf} from './comparison.js';
import {overages} from './overage.js';

const MOST_SERIES = 8;
const HOUR_MS = 3_600_000;
/** No id is empty, so the rest cannot be taken for a campaign. */
const REST = '';

/**
 * @param {Charted} answer of the trends route
 * @param {number} now in milliseconds
 * @param {Beside} beside
 */
export function chartModel(answer, now, {previous = null, balance = null, spikes = [], grants = [], voids = [], net = null} = {}) {
  const {groupBy, granularity, timeZone} = answer;
  const labels = seriesLabels(groupBy, answer.series);
  const series = fold(
    answer.series.map((one, index) => ({
      key: one.rest ? REST : one.key,
      label: labels[index],
      total: one.total,
      points: one.points,
      colour: one.rest ? 'other' : index,
    })),
  );
  const starts = (series[0] ?? balance?.series[0])?.points.map(point => point.start) ?? unused(answer);
  const before = previous ? paired(starts, answer.from, inAll(previous), granularity, timeZone) : [];
  const rests = balance?.series[0]?.points ?? [];
  /** @type {Bucket[]} */
  const buckets = starts.map((start, index) => {
    const points = series.map(one => one.points[index]);
    /** @param {Count} field */
    const sum = field => points.reduce((total, point) => total + (point?.[field] ?? 0), 0);
    return {
      start,
      state: stateOf(start, granularity, timeZone, now),
      values: points.map(point => point?.credits ?? 0),
      total: sum('credits'),
      leads: sum('leadsSourced'),
      phones: sum('phonesRevealed'),
      previous: before[index] ?? null,
      remaining: rests[index]?.remaining ?? null,
      over: null,
      spikes: [],
      grants: [],
    };
  });
  const bucketAt = finder(buckets, granularity, timeZone);
  for (const spike of spikes) bucketAt(Date.parse(spike.occurredAt) - 1)?.spikes.push(spike); // an hour is judged at its end
  const hasBalance = buckets.some(bucket => bucket.remaining !== null);
  if (hasBalance) for (const one of turns(grants, voids)) bucketAt(one.at)?.grants.push(one);
  const over = overages(buckets, buckets.some(({state}) => state === 'under-way') ? net : null);
  buckets.forEach((bucket, index) => (bucket.over = over?.[index] ?? null));
  return {
    buckets,
    series,
    granularity,
    groupBy,
    timeZone,
    total: answer.total,
    previousTotal: previous?.total ?? null,
    compared: previous ? comparable(buckets, rangeBefore(previous), granularity, timeZone) : null,
    unpaired: previous && granularity === 'day' ? unpaired(previous, buckets.length) : null,
    leads: total(buckets, 'leads'),
    phones: total(buckets, 'phones'),
    hasBalance,
  };
}

/** The day of a bucket, which may be an hour of it. @param {Pick<Model, 'granularity' | 'timeZone'>} model @param {string} start of the bucket @returns {Day} */
export const dayOfBucket = ({granularity, timeZone}, start) => (granularity === 'day' ? start : dayOf(start, timeZone));

/** @type {<Field extends string>(items: {[field in Field]: number}[], field: Field) => number} */
const total = (buckets, field) => buckets.reduce((sum, bucket) => sum + bucket[field], 0);

/** Series come by total, descending; those past the eighth are drawn as one. The table still lists each. @param {Series[]} series */
function fold(series) {
  if (series.length <= MOST_SERIES) return series;
  const kept = series.filter(one => one.key !== REST).slice(0, MOST_SERIES - 1);
  const rest = series.filter(one => !kept.includes(one));
  const points = summed(rest);
  return [...kept, {key: REST, label: 'Other', total: total(rest, 'total'), points, colour: 'other'}];
}

/** An answer's series as one. @param {Charted} answer */
const inAll = answer => ({from: answer.from, points: summed(answer.series)});

/** @type {(series: {points: UsagePoint[]}[]) => UsagePoint[]} */
const summed = series =>
  (series[0]?.points ?? []).map(({start}, index) => {
    const points = series.map(one => one.points[index]);
    /** @param {Count} field */
    const sum = field => points.reduce((sum, point) => sum + point[field], 0);
    return {start, credits: sum('credits'), leadsSourced: sum('leadsSourced'), phonesRevealed: sum('phonesRevealed')};
  });

/** @param {Charted} answer */
const rangeBefore = ({from, to = from, total}) => ({range: {from, to}, total});

/** The days before that no day stands beside, as a month may have more than the next one; null if there are none. @param {Charted} previous @param {number} count of the days */
function unpaired(previous, count) {
  const rest = inAll(previous).points.slice(count);
  return rest.length === 0 ? null : {from: rest[0].start, to: rest[rest.length - 1].start, credits: total(rest, 'credits')};
}

/** The days or hours of a range in which nothing was used: grouped, its answer has no series. @param {Charted} answer */
function unused({from, to = from, granularity, timeZone}) {
  if (granularity === 'day') return Array.from({length: daysIn(from, to)}, (_, index) => addDays(from, index));
  const begin = startOfDay(from, timeZone);
  const hours = Math.ceil((startOfDay(addDays(to, 1), timeZone) - begin) / HOUR_MS);
  return Array.from({length: hours}, (_, index) => new Date(begin + index * HOUR_MS).toISOString());
}

/**
 * The bucket that holds an instant.
 * @param {Bucket[]} buckets @param {Granularity} granularity @param {Zone} timeZone
 * @returns {(instant: number) => Bucket | undefined}
 */
function finder(buckets, granularity, timeZone) {
  const byDay = new Map(buckets.map(bucket => [bucket.start, bucket]));
  if (granularity === 'day') return instant => byDay.get(dayOf(instant, timeZone));
  return instant =>
    buckets.find(({start}) => Date.parse(start) <= instant && instant < Date.parse(start) + HOUR_MS);
}

/** Where grants begin, and where their rests expire or are voided. @param {Api.Grant[]} grants @param {Api.HistoryRow[]} voids */
function turns(grants, voids) {
  /** @type {Turn[]} */
  const turns = [];
  for (const grant of grants) {
    const {grantId, amount, status, forfeited, effectiveAt, expiresAt} = grant;
    if (hasBegun(grant)) turns.push({kind: 'granted', at: Date.parse(effectiveAt), credits: amount, grantId});
    if (status === 'EXPIRED' && forfeited > 0 && expiresAt)
      turns.push({kind: 'expired', at: Date.parse(expiresAt), credits: forfeited, grantId});
  }
  for (const {grantId, credits, occurredAt} of voids)
    if (grantId && credits < 0) turns.push({kind: 'voided', at: Date.parse(occurredAt), credits: -credits, grantId});
  return turns;
}

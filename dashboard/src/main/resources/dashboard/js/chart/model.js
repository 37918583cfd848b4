/** What the chart draws: the API's series turned into buckets, the smaller ones folded into "Other". */
import {seriesLabel} from '../words.js';
import {dayOf} from '../days.js';

const MOST_SERIES = 8;
const HOUR_MS = 3_600_000;

/**
 * @param answer of the trends route
 * @param previous the answer for the days before, or null
 * @param balance an answer with groupBy none whose points carry `remaining`, or null
 * @param spikes alerts of kind SPIKE
 */
export function chartModel(answer, {previous = null, balance = null, spikes = []} = {}) {
  const {groupBy, granularity, timeZone} = answer;
  const series = fold(
    answer.series.map((one, index) => ({
      key: one.key,
      label: seriesLabel(groupBy, one),
      total: one.total,
      points: one.points,
      colour: one.key === 'other' ? 'other' : index,
    })),
  );
  const starts = (series[0] ?? balance?.series[0])?.points.map(point => point.start) ?? [];
  const before = previous ? totalsOf(previous) : [];
  const rests = balance?.series[0]?.points ?? [];
  const buckets = starts.map((start, index) => {
    const points = series.map(one => one.points[index]);
    const sum = field => points.reduce((total, point) => total + (point?.[field] ?? 0), 0);
    return {
      start,
      values: points.map(point => point?.credits ?? 0),
      total: sum('credits'),
      leads: sum('leadsSourced'),
      phones: sum('phonesRevealed'),
      previous: previous ? (before[index] ?? 0) : null,
      remaining: rests[index]?.remaining ?? null,
      spikes: [],
    };
  });
  mark(buckets, spikes, granularity, timeZone);
  return {
    buckets,
    series,
    granularity,
    groupBy,
    timeZone,
    total: answer.total,
    previousTotal: previous?.total ?? null,
    leads: total(buckets, 'leads'),
    phones: total(buckets, 'phones'),
    hasBalance: buckets.some(bucket => bucket.remaining !== null),
  };
}

const total = (buckets, field) => buckets.reduce((sum, bucket) => sum + bucket[field], 0);

/** Series come by total, descending; those past the eighth are drawn as one. The table still lists each. */
function fold(series) {
  if (series.length <= MOST_SERIES) return series;
  const kept = series.filter(one => one.key !== 'other').slice(0, MOST_SERIES - 1);
  const rest = series.filter(one => !kept.includes(one));
  const points = rest[0].points.map((point, index) => ({
    start: point.start,
    credits: total(
      rest.map(one => one.points[index]),
      'credits',
    ),
    leadsSourced: total(
      rest.map(one => one.points[index]),
      'leadsSourced',
    ),
    phonesRevealed: total(
      rest.map(one => one.points[index]),
      'phonesRevealed',
    ),
  }));
  return [...kept, {key: 'other', label: 'Other', total: total(rest, 'total'), points, colour: 'other'}];
}

function totalsOf(answer) {
  const length = answer.series[0]?.points.length ?? 0;
  return Array.from({length}, (_, index) =>
    total(
      answer.series.map(one => one.points[index]),
      'credits',
    ),
  );
}

function mark(buckets, spikes, granularity, timeZone) {
  for (const spike of spikes) {
    const moment = Date.parse(spike.occurredAt) - 1; // an hour is judged at its end, where the next one starts
    const day = dayOf(moment, timeZone);
    const bucket = buckets.find(({start}) =>
      granularity === 'hour' ? Date.parse(start) <= moment && moment < Date.parse(start) + HOUR_MS : start === day,
    );
    bucket?.spikes.push(spike);
  }
}

/** Averages and comparisons: what is paired with what, and what of it counts. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dailyAverage, dailyPoints, paired, stateOf} from '../../main/resources/dashboard/js/chart/comparison.js';
import {chartModel} from '../../main/resources/dashboard/js/chart/model.js';
import {comparisonText} from '../../main/resources/dashboard/js/credits/trends-text.js';
import {addDays, dayOf, isShownTwice, startOfDay} from '../../main/resources/dashboard/js/days.js';
import * as format from '../../main/resources/dashboard/js/format.js';
import {previousRange} from '../../main/resources/dashboard/js/range.js';

const NEW_YORK = 'America/New_York';
const HOUR = 3_600_000;

/** Every hour of some days, with the credits of those that are named. */
function hours(from, to, timeZone, used = {}) {
  const points = [];
  const end = startOfDay(addDays(to, 1), timeZone);
  for (let at = startOfDay(from, timeZone); at < end; at += HOUR) {
    const start = new Date(at).toISOString().replace('.000', '');
    points.push({start, credits: used[start] ?? 0, leadsSourced: used[start] ?? 0, phonesRevealed: 0, remaining: null});
  }
  return points;
}

const sum = values => values.reduce((total, value) => total + (value ?? 0), 0);
const trends = (from, to, granularity, timeZone, points) => ({from, to, granularity, groupBy: 'none', timeZone, total: sum(points.map(point => point.credits)), series: [{key: 'all', label: 'All usage', rest: false, total: 0, points}]});

test('P10: over a clock change hours are paired by local time, and the column adds up', () => {
  const used = {'2026-10-30T13:00:00Z': 10, '2026-11-01T14:00:00Z': 10};
  const present = hours('2026-11-01', '2026-11-02', NEW_YORK, used);
  const before = hours('2026-10-30', '2026-10-31', NEW_YORK, used);
  assert.equal(present.length, 49);
  const values = paired(present.map(point => point.start), '2026-11-01', {from: '2026-10-30', points: before}, 'hour', NEW_YORK);
  assert.equal(values[present.findIndex(point => point.start === '2026-11-01T14:00:00Z')], 10, '09:00 of 1 Nov shows 10 before');
  assert.equal(sum(values), 10);
  assert.equal(values[present.findIndex(point => point.start === '2026-11-01T06:00:00Z')], null, 'the second 1:00 was not there before');
});

test('whichever of two days the clock change falls on, no hour of the earlier one is lost', () => {
  for (const [timeZone, day] of [[NEW_YORK, '2026-11-01'], [NEW_YORK, '2026-03-08'], ['Australia/Lord_Howe', '2026-04-05'], ['Australia/Lord_Howe', '2026-10-04'], ['America/Santiago', '2026-09-06']]) {
    for (const shift of [0, 1]) {
      const from = addDays(day, shift);
      const earlier = previousRange({from, to: from});
      const ones = hours(earlier.from, earlier.to, timeZone).map(point => ({...point, credits: 1}));
      const starts = hours(from, from, timeZone).map(point => point.start);
      const values = paired(starts, from, {from: earlier.from, points: ones}, 'hour', timeZone);
      assert.equal(sum(values), ones.length, `${timeZone} ${from}`);
    }
  }
});

test('P11: a week with an unfinished day is compared, and averaged, over its whole days', () => {
  const now = Date.parse('2026-11-29T01:10:00Z');
  const week = (from, last) => Array.from({length: 7}, (_, index) => ({start: addDays(from, index), credits: index === 6 ? last : 100, leadsSourced: 0, phonesRevealed: 0, remaining: null}));
  const present = trends('2026-11-23', '2026-11-29', 'day', 'UTC', week('2026-11-23', 5));
  const before = trends('2026-11-16', '2026-11-22', 'day', 'UTC', week('2026-11-16', 100));
  const model = chartModel(present, now, {previous: before});
  assert.equal(model.total, 605);
  assert.deepEqual([model.compared.total, model.compared.previous, model.compared.whole], [600, 600, false]);
  assert.equal(
    comparisonText(model.compared, 'day', 'UTC').replaceAll(/[\s\u2009]/g, ' '),
    'the same: 600 on Nov 23 – 28 against 600 on Nov 16 – 21. All of Nov 16 – 22: 700.',
  );
  assert.deepEqual(dailyAverage(present.series[0].points, '2026-11-29', '2026-01-01'), {days: 6, average: 100, since: null});
});

test('a single day is compared up to the same hour of the day before', () => {
  const now = Date.parse('2026-11-30T05:20:00Z');
  const present = trends('2026-11-30', '2026-11-30', 'hour', 'UTC', hours('2026-11-30', '2026-11-30', 'UTC', {'2026-11-30T01:00:00Z': 4, '2026-11-30T05:00:00Z': 1}));
  const before = trends('2026-11-29', '2026-11-29', 'hour', 'UTC', hours('2026-11-29', '2026-11-29', 'UTC', {'2026-11-29T12:00:00Z': 19}));
  const {compared} = chartModel(present, now, {previous: before});
  assert.deepEqual(compared.now, {from: '2026-11-30', to: '2026-11-30', until: '05:00'});
  assert.deepEqual(compared.then, {from: '2026-11-29', to: '2026-11-29', until: '05:00'});
  const week = chartModel({...present, from: '2026-11-29', series: [{...present.series[0], points: hours('2026-11-29', '2026-11-30', 'UTC')}]}, Date.parse('2026-11-30T00:10:00Z'), {previous: {...before, from: '2026-11-27', to: '2026-11-28'}}).compared;
  assert.deepEqual(week.now, {from: '2026-11-29', to: '2026-11-29', until: null}, 'a day that is over counts whole');
});

test('a month is compared with the month before, whose days more stand beside none', () => {
  const days = (from, count, credits) => Array.from({length: count}, (_, index) => ({start: addDays(from, index), credits, leadsSourced: 0, phonesRevealed: 0, remaining: null}));
  const present = trends('2026-11-01', '2026-11-30', 'day', 'UTC', days('2026-11-01', 30, 10));
  const before = trends('2026-10-01', '2026-10-31', 'day', 'UTC', days('2026-10-01', 31, 1));
  const partly = chartModel(present, Date.parse('2026-11-30T05:00:00Z'), {previous: before});
  assert.deepEqual([partly.compared.total, partly.compared.previous, partly.compared.then.to], [290, 29, '2026-10-29']);
  assert.deepEqual(partly.unpaired, {from: '2026-10-31', to: '2026-10-31', credits: 1});
  assert.equal(sum(partly.buckets.map(({previous}) => previous)) + partly.unpaired.credits, partly.previousTotal);
  const whole = chartModel(present, Date.parse('2026-12-01T05:00:00Z'), {previous: before}).compared;
  assert.deepEqual([whole.total, whole.previous, whole.then.to], [300, 31, '2026-10-31']);
  const short = chartModel(trends('2027-03-01', '2027-03-31', 'day', 'UTC', days('2027-03-01', 31, 1)), Date.parse('2027-03-31T05:00:00Z'), {previous: trends('2027-02-01', '2027-02-28', 'day', 'UTC', days('2027-02-01', 28, 1))}).compared;
  assert.deepEqual([short.total, short.previous, short.now.to, short.then.to], [30, 28, '2027-03-30', '2027-02-28']);
});

test('an average leaves out days before the workspace began, today, and days ahead', () => {
  const points = ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30'].map(start => ({start, credits: start === '2026-11-28' ? 30 : 0}));
  assert.deepEqual(dailyAverage(points, '2026-11-29', '2026-11-27'), {days: 2, average: 15, since: '2026-11-27'});
  assert.deepEqual(dailyAverage(points, '2026-11-29', null), {days: 1, average: 30, since: '2026-11-28'});
  assert.deepEqual(dailyAverage(points, '2026-11-25', '2026-11-01'), {days: 0, average: null, since: null});
});

test('a day or an hour is over, under way or ahead', () => {
  const now = Date.parse('2026-11-01T05:30:00Z'); // 1:30 EDT, before the clock is put back
  assert.equal(stateOf('2026-10-31', 'day', NEW_YORK, now), 'over');
  assert.equal(stateOf('2026-11-01', 'day', NEW_YORK, now), 'under-way');
  assert.equal(stateOf('2026-11-02', 'day', NEW_YORK, now), 'ahead');
  assert.equal(stateOf('2026-11-01T04:00:00Z', 'hour', NEW_YORK, now), 'over');
  assert.equal(stateOf('2026-11-01T05:00:00Z', 'hour', NEW_YORK, now), 'under-way');
  assert.equal(stateOf('2026-11-01T06:00:00Z', 'hour', NEW_YORK, now), 'ahead');
});

test('P15: the two hours called 1:00 are told apart, and no others bear a zone', () => {
  assert.match(format.hour('2026-11-01T05:00:00Z', NEW_YORK), /^1:00\sAM EDT$/);
  assert.match(format.hour('2026-11-01T06:00:00Z', NEW_YORK), /^1:00\sAM EST$/);
  assert.match(format.hour('2026-11-01T04:00:00Z', NEW_YORK), /^12:00\sAM$/);
  assert.match(format.time('2026-11-01T06:59:59Z', NEW_YORK), /^1:59:59\sAM EST$/);
  const twice = Array.from({length: 24 * 4}, (_, index) => startOfDay('2026-04-05', 'Australia/Lord_Howe') + index * (HOUR / 4)).filter(instant => isShownTwice(instant, 'Australia/Lord_Howe'));
  assert.equal(twice.length, 4, 'half an hour, twice');
});

test('a day begins when its date does, also where the clock skips midnight', () => {
  assert.equal(new Date(startOfDay('2026-09-06', 'America/Santiago')).toISOString(), '2026-09-06T04:00:00.000Z');
  assert.equal(new Date(startOfDay('2026-11-01', NEW_YORK)).toISOString(), '2026-11-01T04:00:00.000Z');
  assert.equal(dayOf(startOfDay('2026-11-01', NEW_YORK) - 1, NEW_YORK), '2026-10-31');
});

test('P16: a campaign called other is not the rest', () => {
  const of = (key, rest, credits) => ({key, label: rest ? 'Other' : key, rest, total: credits, points: [{start: '2026-03-01', credits, leadsSourced: credits, phonesRevealed: 0, remaining: null}]});
  const series = [of('other', false, 500), ...Array.from({length: 19}, (_, index) => of(`c-${index}`, false, 50 - index)), of(null, true, 7)];
  const answer = {from: '2026-03-01', to: '2026-03-01', granularity: 'day', groupBy: 'campaign', timeZone: 'UTC', total: sum(series.map(one => one.total)), series};
  const model = chartModel(answer, Date.parse('2026-04-01T00:00:00Z'));
  assert.equal(model.series.length, 8);
  assert.deepEqual([model.series[0].label, model.series[0].total], ['other', 500]);
  assert.equal(model.series.at(-1).label, 'Other');
  assert.equal(sum(model.series.map(one => one.total)), answer.total);
});

test('hours of one day are one day for the average, also of the days on which the clock changes', () => {
  const points = hours('2026-10-31', '2026-11-02', NEW_YORK).map(({start}) => ({start, total: 1}));
  const daily = dailyPoints({buckets: points, granularity: 'hour', timeZone: NEW_YORK});
  assert.deepEqual(daily, [{start: '2026-10-31', credits: 24}, {start: '2026-11-01', credits: 25}, {start: '2026-11-02', credits: 24}]);
  assert.deepEqual(dailyAverage(daily, '2026-11-02', '2026-01-01'), {days: 2, average: 24.5, since: null});
  assert.deepEqual(dailyPoints({buckets: [{start: '2026-11-01', total: 3}], granularity: 'day', timeZone: NEW_YORK}), [{start: '2026-11-01', credits: 3}]);
});

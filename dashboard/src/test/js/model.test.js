/** What the chart is drawn from. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dailyAverage} from '../../main/resources/dashboard/js/chart/comparison.js';
import {chartModel} from '../../main/resources/dashboard/js/chart/model.js';
import {isEmptied} from '../../main/resources/dashboard/js/chart/overage.js';

const NOW = Date.parse('2026-11-03T12:00:00Z');
const point = (start, credits, remaining = null) => ({start, credits, leadsSourced: credits, phonesRevealed: 0, remaining});
const answer = (series, more) => ({from: '2026-11-01', to: '2026-11-03', granularity: 'day', groupBy: 'none', timeZone: 'UTC', total: 0, series, ...more});
const DAYS = ['2026-11-01', '2026-11-02', '2026-11-03'];
const all = credits => ({key: 'all', label: 'All usage', rest: false, total: 0, points: DAYS.map((day, index) => point(day, credits[index], 10 - index))});

test('days without usage are there though a grouping has no series for them', () => {
  const model = chartModel(answer([], {groupBy: 'campaign'}), NOW);
  assert.deepEqual(model.buckets.map(({start, state, total}) => [start, state, total]), [['2026-11-01', 'over', 0], ['2026-11-02', 'over', 0], ['2026-11-03', 'under-way', 0]]);
  const points = model.buckets.map(({start, total}) => ({start, credits: total}));
  assert.deepEqual(dailyAverage(points, '2026-11-03', null), {days: 0, average: null, since: null});
  assert.deepEqual(dailyAverage([], '2026-11-03', null), {days: 0, average: null, since: null});
});

test('so are hours, of a day that has 23', () => {
  const model = chartModel(answer([], {from: '2026-03-29', to: '2026-03-29', granularity: 'hour', groupBy: 'kind', timeZone: 'Europe/Berlin'}), NOW);
  assert.equal(model.buckets.length, 23);
  assert.equal(model.buckets[0].start, '2026-03-28T23:00:00.000Z');
});

test('the days before are paired, and what is over is compared', () => {
  const before = answer([{...all([4, 5, 6]), points: ['2026-10-29', '2026-10-30', '2026-10-31'].map((day, index) => point(day, 4 + index))}], {from: '2026-10-29', to: '2026-10-31', total: 15});
  const model = chartModel(answer([all([1, 2, 3])], {total: 6}), NOW, {previous: before});
  assert.deepEqual(model.buckets.map(({previous}) => previous), [4, 5, 6]);
  assert.deepEqual(model.compared, {
    total: 3, previous: 9, whole: false, before: {range: {from: '2026-10-29', to: '2026-10-31'}, total: 15},
    now: {from: '2026-11-01', to: '2026-11-02', until: null}, then: {from: '2026-10-29', to: '2026-10-30', until: null},
  });
  assert.equal(model.unpaired, null);
  assert.equal(model.previousTotal, 15);
});

test('a day with usage that ends with nothing left may hold overage', () => {
  assert.ok(isEmptied({remaining: 0, total: 5}));
  for (const bucket of [{remaining: 0, total: 0}, {remaining: 3, total: 5}, {remaining: null, total: 5}]) assert.ok(!isEmptied(bucket));
});

test('spikes stand on the day that they are judged of, turns of grants where the balance is shown', () => {
  const spikes = [{kind: 'SPIKE', occurredAt: '2026-11-02T00:00:00Z'}];
  const grants = [
    {grantId: 'g', amount: 50, status: 'EXPIRED', forfeited: 7, effectiveAt: '2026-11-01T09:00:00Z', expiresAt: '2026-11-03T09:00:00Z'},
    {grantId: 'later', amount: 50, status: 'SCHEDULED', forfeited: 0, effectiveAt: '2026-11-02T09:00:00Z', expiresAt: null},
  ];
  const shown = answer([all([1, 2, 3])]);
  const turns = model => model.buckets.map(bucket => bucket.grants.map(turn => `${turn.kind} ${turn.credits}`));
  const model = chartModel(shown, NOW, {spikes, grants, balance: shown});
  assert.deepEqual(model.buckets.map(bucket => bucket.spikes.length), [1, 0, 0]);
  assert.deepEqual(turns(model), [['granted 50'], [], ['expired 7']]);
  assert.deepEqual(model.buckets.map(({remaining}) => remaining), [10, 9, 8]);
  assert.deepEqual(turns(chartModel(shown, NOW, {grants})), [[], [], []]);
});

test('a grant that was voided is marked where it began and, by its entry in the history, where it was voided', () => {
  const grants = [
    {grantId: 'void', amount: 50, status: 'VOIDED', consumed: 10, forfeited: 40, effectiveAt: '2026-11-01T09:00:00Z', expiresAt: null},
    {grantId: 'spent', amount: 9, status: 'VOIDED', consumed: 9, forfeited: 0, effectiveAt: '2026-11-01T09:00:00Z', expiresAt: null},
    {grantId: 'early', amount: 7, status: 'VOIDED', consumed: 0, forfeited: 0, effectiveAt: '2026-11-02T09:00:00Z', expiresAt: null},
  ];
  const row = (grantId, credits, occurredAt) => ({kind: 'VOIDED', grantId, credits, occurredAt});
  const voids = [row('void', -40, '2026-11-02T10:00:00Z'), row('spent', 0, '2026-11-02T10:00:00Z'), row('early', 0, '2026-11-01T10:00:00Z')];
  const shown = answer([all([1, 2, 3])]);
  const turns = model => model.buckets.map(bucket => bucket.grants.map(turn => `${turn.kind} ${turn.credits} ${turn.grantId}`));
  assert.deepEqual(turns(chartModel(shown, NOW, {grants, voids, balance: shown})), [['granted 50 void', 'granted 9 spent'], ['voided 40 void'], []]);
  assert.deepEqual(turns(chartModel(shown, NOW, {grants, balance: shown})), [['granted 50 void', 'granted 9 spent'], [], []]);
});

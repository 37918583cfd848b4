/** How far beyond 0 the balance is, which the API's points do not tell. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chartModel} from '../../main/resources/dashboard/js/chart/model.js';
import {hasOverage, overages} from '../../main/resources/dashboard/js/chart/overage.js';
import {randomOf} from '../resources/dashboard/test/states.js';

const turn = (kind, credits) => ({kind, credits, at: 0, grantId: 'g'});
const bucket = (remaining, total, ...grants) => ({remaining, total, grants});

test('from a day that ends with something left, each later one follows', () => {
  const buckets = [bucket(10, 0), bucket(0, 12), bucket(0, 3), bucket(5, 0, turn('granted', 10))];
  assert.deepEqual(overages(buckets, null), [0, 2, 5, 0]);
});

test('and each earlier one', () => {
  assert.deepEqual(overages([bucket(0, 1), bucket(0, 2), bucket(7, 0, turn('granted', 10))], null), [1, 3, 0]);
});

test('the balance of now is a place to begin, too', () => {
  assert.deepEqual(overages([bucket(0, 1), bucket(0, 2)], -9), [7, 9]);
  assert.equal(overages([bucket(0, 1), bucket(0, 2)], null), null);
});

test('of days ahead nothing is said', () => {
  assert.deepEqual(overages([bucket(0, 1), bucket(0, 2), bucket(null, 0)], -9), [7, 9, null]);
});

test('what does not add up is not told', () => {
  assert.equal(overages([bucket(10, 0), bucket(0, 12), bucket(1, 0)], null), null);
  assert.equal(overages([bucket(10, 0), bucket(9, 0)], null), null);
});

test('there is overage where it is known to be, else where there may be some', () => {
  assert.equal(hasOverage([{remaining: 0, total: 5, over: 0}]), false);
  assert.equal(hasOverage([{remaining: 0, total: 0, over: 3}]), true);
  assert.equal(hasOverage([{remaining: 0, total: 5, over: null}]), true);
  assert.equal(hasOverage([{remaining: 2, total: 5, over: null}]), false);
});

test('whatever random days hold, what is told is so', () => {
  let told = 0;
  for (let seed = 1; seed <= 500; seed++) {
    const random = randomOf(seed);
    const below = count => Math.floor(random() * count);
    let net = below(40) - 10;
    const nets = [];
    const points = [];
    const grants = [];
    for (let day = 1; day <= 20; day++) {
      const used = below(3) * below(15);
      if (below(5) === 0) {
        const amount = 1 + below(60);
        grants.push({grantId: `g-${day}`, amount, status: 'ACTIVE', consumed: 0, forfeited: 0, effectiveAt: `2026-11-${String(day).padStart(2, '0')}T08:00:00Z`, expiresAt: null});
        net += amount;
      }
      net -= used;
      nets.push(net);
      points.push({start: `2026-11-${String(day).padStart(2, '0')}`, credits: used, leadsSourced: used, phonesRevealed: 0, remaining: Math.max(0, net)});
    }
    const answer = {from: '2026-11-01', to: '2026-11-20', granularity: 'day', groupBy: 'none', timeZone: 'UTC', total: 0, series: [{key: 'all', label: '', rest: false, total: 0, points}]};
    const model = chartModel(answer, Date.parse('2026-12-01T00:00:00Z'), {balance: answer, grants});
    if (model.buckets[0].over === null) continue;
    told++;
    assert.deepEqual(model.buckets.map(({over}) => over), nets.map(value => Math.max(0, -value)), `seed ${seed}`);
  }
  assert.ok(told > 300, `${told} are told`);
});

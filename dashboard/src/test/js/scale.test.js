/** Ticks and bands. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {labelEvery, linear, ticksUpTo} from '../../main/resources/dashboard/js/chart/scale.js';

test('ticks begin at 0, are whole, evenly apart, reach the most and are five steps at most', () => {
  for (let most = 0; most <= 20_000; most += most < 200 ? 1 : 97) {
    const ticks = ticksUpTo(most);
    const step = ticks[1];
    assert.equal(ticks[0], 0);
    assert.ok(ticks.every((tick, index) => Number.isInteger(tick) && tick === index * step), `${most}: ${ticks}`);
    assert.ok(ticks.at(-1) >= most && ticks.length <= 6, `${most}: ${ticks}`);
  }
});

test('values are mapped from bottom to top, and nothing stays at the bottom', () => {
  const y = linear(100, 200, 0);
  assert.deepEqual([0, 50, 100].map(y), [200, 100, 0]);
  assert.equal(linear(0, 200, 0)(0), 200);
});

test('labels do not touch', () => {
  assert.equal(labelEvery(100, 74), 1);
  assert.equal(labelEvery(10, 74), 8);
});

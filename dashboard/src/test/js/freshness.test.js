/** How old the numbers on the page are. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import * as freshness from '../../main/resources/dashboard/js/freshness.js';

test('the page is as old as the oldest of what it polls, until that is forgotten', () => {
  let changes = 0;
  const stop = freshness.onChange(() => changes++);
  const [older, newer] = [{}, {}];
  assert.deepEqual(freshness.oldest(), {asOf: null, problem: null});
  freshness.note(newer, {asOf: '2026-11-01T10:00:01Z', problem: null});
  freshness.note(older, {asOf: '2026-11-01T10:00:00.5Z', problem: null});
  assert.equal(freshness.oldest().asOf, '2026-11-01T10:00:00.5Z');
  freshness.forget(older);
  assert.equal(freshness.oldest().asOf, '2026-11-01T10:00:01Z');
  freshness.forget(older);
  assert.equal(changes, 3, 'forgetting twice is no change');
  stop();
  freshness.forget(newer);
  assert.equal(changes, 3, 'nobody listens any more');
});

test('only what has failed is asked again', () => {
  const retried = [];
  const [failed, well] = [{}, {}];
  const problem = new Error('away');
  freshness.note(failed, {asOf: null, problem, retry: () => retried.push('failed')});
  freshness.note(well, {asOf: '2026-11-01T10:00:00Z', problem: null, retry: () => retried.push('well')});
  assert.deepEqual(freshness.oldest(), {asOf: '2026-11-01T10:00:00Z', problem});
  freshness.retryAll();
  assert.deepEqual(retried, ['failed']);
});

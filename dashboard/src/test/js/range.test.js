/** Ranges of days; what is refused of them is in address.test.js. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {previousRange, resolveRange} from '../../main/resources/dashboard/js/range.js';

test('the period before is as long and ends the day before', () => {
  assert.deepEqual(previousRange({from: '2026-11-23', to: '2026-11-29'}), {from: '2026-11-16', to: '2026-11-22'});
  assert.deepEqual(previousRange({from: '2026-03-01', to: '2026-03-01'}), {from: '2026-02-28', to: '2026-02-28'});
});

test('no range and an empty one are the last 30 days', () => {
  const last = {from: '2026-10-31', to: '2026-11-29', wrong: null};
  assert.deepEqual(resolveRange(undefined, '2026-11-29', null, 'UTC'), last);
  assert.deepEqual(resolveRange('', '2026-11-29', null, 'UTC'), last);
});

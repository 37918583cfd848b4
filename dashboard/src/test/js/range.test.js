/** Ranges of days; what is refused of them is in address.test.js. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {previousRange, resolveRange} from '../../main/resources/dashboard/js/range.js';

test('the period before is as long and ends the day before', () => {
  assert.deepEqual(previousRange({from: '2026-11-23', to: '2026-11-29'}), {from: '2026-11-16', to: '2026-11-22'});
  assert.deepEqual(previousRange({from: '2026-03-01', to: '2026-03-01'}), {from: '2026-02-28', to: '2026-02-28'});
});

test('a calendar month is compared with the one before, whole', () => {
  assert.deepEqual(previousRange({from: '2026-11-01', to: '2026-11-30'}, 'month'), {from: '2026-10-01', to: '2026-10-31'});
  assert.deepEqual(previousRange({from: '2027-03-01', to: '2027-03-30'}, 'month'), {from: '2027-02-01', to: '2027-02-28'});
  assert.deepEqual(previousRange({from: '2026-10-01', to: '2026-10-31'}, 'last-month'), {from: '2026-09-01', to: '2026-09-30'});
  assert.deepEqual(previousRange({from: '2026-02-01', to: '2026-02-28'}, '2026-02-01..2026-02-28'), {from: '2026-01-01', to: '2026-01-31'});
});

test('not so where days were meant, and by the hour no more days than there are', () => {
  assert.deepEqual(previousRange({from: '2026-11-01', to: '2026-11-30'}, '30d'), {from: '2026-10-02', to: '2026-10-31'});
  assert.deepEqual(previousRange({from: '2026-11-01', to: '2026-11-29'}, '2026-11-01..2026-11-29'), {from: '2026-10-03', to: '2026-10-31'});
  assert.deepEqual(previousRange({from: '2026-11-01', to: '2026-11-05'}, 'month', 'hour'), {from: '2026-10-01', to: '2026-10-05'});
});

test('no range and an empty one are the last 30 days', () => {
  const last = {from: '2026-10-31', to: '2026-11-29', wrong: null};
  assert.deepEqual(resolveRange(undefined, '2026-11-29', null, 'UTC'), last);
  assert.deepEqual(resolveRange('', '2026-11-29', null, 'UTC'), last);
});

/** How a range compares with the one before, in words. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {averageText, comparisonText} from '../../main/resources/dashboard/js/credits/trends-text.js';

const BEFORE = {from: '2026-10-01', to: '2026-10-03'};
const words = (compared, granularity = 'day') => comparisonText({compared: {total: 0, previous: 0, buckets: 3, whole: true, ...compared}, granularity}, BEFORE);

test('a range that is over is compared as a whole', () => {
  assert.match(words({total: 150, previous: 100}), /^\+50%: from 100 in the period before \(Oct 1\s–\s3, 2026\)$/);
  assert.match(words({total: 0, previous: 0}), /^Nothing used, nor in the period before/);
  assert.match(words({total: 5, previous: 0}), /^Nothing was used in the period before \(.*\)\.$/);
});

test('of one that is not, what is over', () => {
  assert.match(words({total: 150, previous: 100, buckets: 2, whole: false}), /^\+50% over the 2 days that are over: 150 against 100 in the same part of the period before/);
  assert.match(words({total: 5, previous: 0, buckets: 1, whole: false}), /^Nothing was used in that part of the period before \(.*\), 5 now\.$/);
  assert.equal(words({buckets: 0, whole: false}, 'hour'), 'Nothing to compare yet: the first hour is not over.');
});

test('an average says over which days it is', () => {
  assert.equal(averageText({days: 0, since: null}, true, 'UTC'), 'No whole day yet');
  assert.equal(averageText({days: 29, since: null}, true, 'UTC'), 'over 29 whole days, today left out');
  assert.equal(averageText({days: 1, since: '2020-11-03'}, false, 'UTC'), 'over 1 whole day since Nov 3, 2020');
});

/** How a range compares with the one before, in words. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {announcement, averageText, comparisonText, periodText} from '../../main/resources/dashboard/js/credits/trends-text.js';

const plain = text => text.replaceAll(/\s/g, ' ');
const days = (from, to, until = null) => ({from: `2020-${from}`, to: `2020-${to}`, until});
const BEFORE = {range: days('10-01', '10-31'), total: 130};
const words = (compared, granularity = 'day') =>
  plain(comparisonText({total: 0, previous: 0, whole: true, before: BEFORE, now: days('11-01', '11-30'), then: days('10-01', '10-31'), ...compared}, granularity, 'UTC'));

test('a range that is over is compared as a whole', () => {
  assert.equal(words({total: 150, previous: 100}), '+50%: 150 on Nov 1 – 30, 2020 against 100 on Oct 1 – 31, 2020.');
  assert.equal(words({total: 0, previous: 0}), 'Nothing was used on Nov 1 – 30, 2020, nor on Oct 1 – 31, 2020.');
  assert.equal(words({total: 5, previous: 0}), 'Nothing was used on Oct 1 – 31, 2020; 5 on Nov 1 – 30, 2020.');
});

test('of one that is not, both sides are named as far as they count, and then all of the earlier one', () => {
  const part = {whole: false, now: days('11-01', '11-29'), then: days('10-01', '10-29')};
  assert.equal(words({...part, total: 150, previous: 100}), '+50%: 150 on Nov 1 – 29, 2020 against 100 on Oct 1 – 29, 2020. All of Oct 1 – 31, 2020: 130.');
  assert.equal(words({...part, total: 5}), 'Nothing was used on Oct 1 – 29, 2020; 5 on Nov 1 – 29, 2020. All of Oct 1 – 31, 2020: 130.');
  assert.equal(words({now: null, then: null, whole: false}, 'hour'), 'Nothing to compare yet: the first hour is not over.');
});

test('by the hour the hour is named', () => {
  const day = {whole: false, before: {range: days('11-29', '11-29'), total: 19}};
  assert.equal(words({...day, total: 4, now: days('11-30', '11-30', '05:00'), then: days('11-29', '11-29', '05:00')}), 'Nothing was used on Nov 29, 2020 until 5:00 AM; 4 on Nov 30, 2020 until 5:00 AM. All of Nov 29, 2020: 19.');
  assert.match(words({...day, total: 4, previous: 2, now: days('11-24', '11-30', '17:00'), then: days('11-17', '11-23', '17:00')}), /^\+100%: 4 from Nov 24, 2020 to Nov 30, 2020, 5:00 PM against 2 from Nov 17, 2020 to Nov 23, 2020, 5:00 PM\./);
});

test('each control that is turned is heard, with what it came to', () => {
  const before = {from: '2026-11-01', to: '2026-11-07', granularity: 'day', groupBy: 'none', total: 10, balance: false, compared: false, comparison: null};
  const told = (change, from = before) => plain(announcement(from, {...from, ...change}));
  assert.equal(told({}), '');
  assert.equal(told({total: 11}), '', 'a poll is silent');
  assert.equal(told({granularity: 'hour'}), 'Per hour.');
  assert.equal(told({groupBy: 'kind'}), 'Grouped by activity.');
  assert.equal(told({balance: true}), 'With the balance.');
  assert.equal(told({compared: true, comparison: 'the same: 10 against 10.'}), 'the same: 10 against 10.');
  const compared = {...before, compared: true, comparison: 'the same'};
  assert.equal(told({groupBy: 'source'}, compared), 'Grouped by source.');
  assert.equal(told({compared: false, comparison: null}, compared), 'Without the previous period.');
  assert.equal(told({to: '2026-11-08', comparison: '+5%'}, compared), 'Nov 1 – 8, 2026: 10 credits used. +5%.');
});

test('the credit period is said with its days', () => {
  const period = {start: '2020-11-18T10:00:00Z', end: '2020-12-05T10:00:00Z'};
  assert.equal(plain(periodText(period, 'UTC')), 'Credit period: the term of the live grant that expires first, used up or not, Nov 18 – Dec 5, 2020');
});

test('an average says over which days it is', () => {
  const range = {from: '2020-11-01', to: '2020-11-05'};
  const words = (average, today) => averageText(average, range, today, 'UTC');
  assert.equal(words({days: 0, since: null}, '2020-11-05'), 'No whole day yet');
  assert.equal(words({days: 0, since: '2020-11-05'}, '2020-11-05'), 'No whole day yet');
  assert.equal(words({days: 0, since: null}, '2020-10-31'), 'No whole day yet');
  assert.equal(words({days: 0, since: '2020-11-09'}, '2020-11-10'), 'Credits exist from Nov 9, 2020 on');
  assert.equal(words({days: 0, since: null}, '2020-11-10'), 'No credits yet');
  assert.equal(words({days: 4, since: null}, '2020-11-05'), 'over 4 whole days, today left out');
  assert.equal(words({days: 1, since: '2020-11-03'}, '2020-11-10'), 'over 1 whole day since Nov 3, 2020');
});

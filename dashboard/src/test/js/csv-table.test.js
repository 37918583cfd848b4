/** CSV read, given columns, and written again. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parsed, withLocalTimes, withPrevious, written} from '../../main/resources/dashboard/js/csv-table.js';

test('what is read is written as it was, whatever stands in it', () => {
  const text = 'id,name\r\n1,"a ""b"", c"\r\n,"two\r\nlines"\r\n3,\r\n';
  assert.deepEqual(parsed(text), [['id', 'name'], ['1', 'a "b", c'], ['', 'two\r\nlines'], ['3', '']]);
  assert.equal(written(parsed(text)), text);
  assert.deepEqual(parsed(''), []);
  assert.deepEqual(parsed('a,b'), [['a', 'b']]);
});

test('local times stand beside UTC, with their offset', () => {
  const rows = [['id', 'endsAt', 'name'], ['1', '2026-10-25T00:30:00Z', 'x'], ['2', '2026-10-25T01:30:00.250Z', 'y'], ['3', '', 'z']];
  assert.deepEqual(withLocalTimes(rows, {endsAt: 'localEndsAt'}, 'Europe/Berlin'), [
    ['id', 'endsAt', 'localEndsAt', 'name'],
    ['1', '2026-10-25T00:30:00Z', '2026-10-25T02:30:00+02:00', 'x'],
    ['2', '2026-10-25T01:30:00.250Z', '2026-10-25T02:30:00.250+01:00', 'y'],
    ['3', '', '', 'z'],
  ]);
  assert.deepEqual(withLocalTimes([], {endsAt: 'localEndsAt'}, 'UTC'), [[]]);
});

test('each series is set beside its own before, one that ended has rows of its own', () => {
  const names = ['key', 'label', 'start', 'credits', 'leadsSourced', 'phonesRevealed', 'remaining'];
  const starts = ['2026-11-01', '2026-11-02'];
  const rows = (key, from, ...credits) => credits.map((count, index) => [key, `The ${key}`, `2026-${from}-0${index + 1}`, String(count), '0', '0', '']);
  const how = {starts, from: '2026-11-01', fromBefore: '2026-10-01', granularity: 'day', timeZone: 'UTC'};
  const wider = withPrevious([names, ...rows('a', '11', 1, 2), ...rows('new', '11', 3, 4)], [names, ...rows('a', '10', 5, 6, 7), ...rows('gone', '10', 8)], how);
  assert.deepEqual(wider[0], [...names, 'previousCredits']);
  assert.deepEqual(wider.slice(1).map(row => [row[0], row[2], row[3], row.at(-1)]), [
    ['a', '2026-11-01', '1', '5'],
    ['a', '2026-11-02', '2', '6'],
    ['new', '2026-11-01', '3', '0'],
    ['new', '2026-11-02', '4', '0'],
    ['gone', '2026-11-01', '0', '8'],
    ['gone', '2026-11-02', '0', ''],
    ['a', '2026-10-03', '', '7'],
  ]);
  assert.deepEqual(wider.at(-2), ['gone', 'The gone', '2026-11-02', '0', '0', '0', '', '']);
  assert.deepEqual(wider.at(-1), ['a', 'The a', '2026-10-03', '', '', '', '', '7']);
});

test('what was used before adds up to all of it, however long the ranges are', () => {
  const names = ['key', 'label', 'start', 'credits', 'leadsSourced', 'phonesRevealed', 'remaining'];
  const days = (first, count) => Array.from({length: count}, (_, index) => new Date(Date.parse(first) + index * 86_400_000).toISOString().slice(0, 10));
  const rows = (key, starts) => starts.map((start, index) => [key, key, start, String(index + 1), '0', '0', '']);
  const sum = lists => lists.reduce((total, row) => total + Number(row.at(-1)), 0);
  for (const [present, earlier] of [[30, 31], [28, 31], [31, 28], [1, 1], [29, 31]]) {
    const starts = days('2026-11-01', present);
    const before = days('2026-10-01', earlier);
    const used = (earlier * (earlier + 1)) / 2;
    const how = {starts, from: '2026-11-01', fromBefore: '2026-10-01', granularity: 'day', timeZone: 'UTC'};
    const [, ...wider] = withPrevious([names, ...rows('a', starts)], [names, ...rows('a', before), ...rows('gone', before)], how);
    assert.equal(sum(wider), 2 * used, `${present} and ${earlier} days`);
    const credits = wider.reduce((total, row) => total + Number(row[3]), 0);
    assert.equal(credits, (present * (present + 1)) / 2, 'and the present is as it was');
  }
});

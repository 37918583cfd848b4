/** What stands in the address is shown or refused in words, never swapped in silence. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {inWorkspace, understood} from '../../main/resources/dashboard/js/address.js';
import {resolveRange, whyNotByHour} from '../../main/resources/dashboard/js/range.js';

const TODAY = '2026-11-29';

test('P17: what cannot be shown is named and left out', () => {
  const {route, wrong} = understood({w: 'acme', page: 'campaigns', sort: 'foo', status: 'active', q: 'foo', x: '1', constructor: '1'});
  assert.deepEqual(route, {w: 'acme', page: 'campaigns', q: 'foo'});
  assert.deepEqual(wrong.map(({name}) => name), ['sort', 'status', 'x', 'constructor']);
  assert.equal(wrong[0].text, 'There is no column to sort by called “foo”. Campaigns are sorted by credits used.');
  assert.deepEqual(understood({page: 'settings/credits', by: 'source', view: 'table', compare: '1', hours: '0', sort: '-name', range: '7d'}).wrong, []);
});

test('P13, P17: a range that cannot be shown says why', () => {
  const why = (range, period = null) => resolveRange(range, TODAY, period, 'UTC').wrong;
  assert.equal(why('period'), 'There is no credit period: no live grant has an end.');
  assert.match(resolveRange('period', TODAY, undefined, 'UTC').wrong, /cannot be loaded/);
  assert.match(why('2026-13-01..'), /no day “2026-13-01”/);
  assert.match(why('2026-02-30..2026-03-01'), /no day “2026-02-30”/);
  assert.match(why('2026-03-01..'), /lacks a day/);
  assert.match(why('2026-03-02..2026-03-01'), /ends before it begins/);
  assert.match(why('2020-03-02..2026-03-01'), /longer than 400 days/);
  assert.match(why('fortnight'), /“fortnight” is no range of days/);
  assert.match(why('2026-03-01..2026-03-02..2026-03-03'), /no range of days/);
  for (const range of [undefined, 'today', '7d', '30d', '90d', 'month', 'last-month', '2026-01-01..2026-01-31']) assert.equal(why(range), null, range);
  assert.match(why('period', {start: '2020-01-01T00:00:00Z'}), /began more than 400 days ago/);
});

test('ranges end today, months are the calendar’s', () => {
  const range = (text, period) => {
    const {from, to} = resolveRange(text, TODAY, period, 'Europe/Berlin');
    return `${from}..${to}`;
  };
  assert.equal(range('today'), '2026-11-29..2026-11-29');
  assert.equal(range('7d'), '2026-11-23..2026-11-29');
  assert.equal(range('month'), '2026-11-01..2026-11-29');
  assert.equal(range('last-month'), '2026-10-01..2026-10-31');
  assert.equal(range('period', {start: '2026-10-31T23:30:00Z'}), '2026-11-01..2026-11-29');
});

test('hours are for fourteen days within fifty, today included', () => {
  assert.equal(whyNotByHour({from: '2026-11-16', to: TODAY}, TODAY), null);
  assert.equal(whyNotByHour({from: '2026-11-15', to: TODAY}, TODAY), 'at most 14 days');
  assert.equal(whyNotByHour({from: '2026-10-11', to: '2026-10-12'}, TODAY), null);
  assert.equal(whyNotByHour({from: '2026-10-10', to: '2026-10-11'}, TODAY), 'the last 50 days only');
});

test('another workspace is shown as this one was: its days, grouping and kinds, without what is this one’s own', () => {
  const state = route => Object.fromEntries(Object.entries(inWorkspace(route, 'b')).filter(([, value]) => value));
  const credits = {w: 'a', page: 'settings/credits', range: '7d', by: 'source', compare: '1'};
  assert.deepEqual(state({...credits, q: 'x'}), {...credits, w: 'b'});
  const history = {w: 'a', page: 'settings/credits/history', range: '7d', kind: 'GRANTED'};
  assert.deepEqual(state({...history, campaign: 'c', lead: 'l', event: 'e'}), {...history, w: 'b'});
  assert.deepEqual(state({w: 'a', page: 'campaign', campaign: 'c', view: 'table'}), {w: 'b', page: 'campaigns'});
});

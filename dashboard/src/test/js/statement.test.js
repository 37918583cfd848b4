/** What moved the balance from one instant to another. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {statementOf} from '../../main/resources/dashboard/js/history/statement.js';
import {randomOf} from '../resources/dashboard/test/states.js';

const SPAN = {start: Date.parse('2026-11-01T00:00:00Z'), end: Date.parse('2026-12-01T00:00:00Z')};
const grant = (grantId, status, more) => ({grantId, status, amount: 100, consumed: 0, forfeited: 0, effectiveAt: '2026-10-01T00:00:00Z', expiresAt: null, ...more});
const credits = (remaining, overage, grants) => ({remaining, overage, grants});

test('opening, what was granted, used, expired and voided, closing', () => {
  const opening = credits(150, 0, [grant('old', 'ACTIVE'), grant('ends', 'ACTIVE', {expiresAt: '2026-11-10T00:00:00Z'}), grant('wrong', 'ACTIVE'), grant('new', 'SCHEDULED', {effectiveAt: '2026-11-05T00:00:00Z'})]);
  const closing = credits(0, 20, [
    grant('old', 'DEPLETED'),
    grant('ends', 'EXPIRED', {expiresAt: '2026-11-10T00:00:00Z', forfeited: 30}),
    grant('wrong', 'VOIDED', {forfeited: 40}),
    grant('new', 'DEPLETED', {effectiveAt: '2026-11-05T00:00:00Z'}),
  ]);
  assert.deepEqual(statementOf(opening, closing, 200, SPAN), {opening: 150, granted: 100, used: 200, expired: 30, voided: 40, closing: -20});
});

test('what happens at the first instant is of these days, at the end of the last it is not', () => {
  const edge = grant('g', 'ACTIVE', {effectiveAt: '2026-11-01T00:00:00Z'});
  assert.equal(statementOf(credits(0, 0, [{...edge, status: 'SCHEDULED'}]), credits(100, 0, [edge]), 0, SPAN).granted, 100);
  const later = grant('g', 'SCHEDULED', {effectiveAt: '2026-12-01T00:00:00Z'});
  assert.equal(statementOf(credits(0, 0, [later]), credits(0, 0, [later]), 0, SPAN).granted, 0);
});

test('a grant that was voided before it began moved nothing', () => {
  const early = more => grant('g', 'VOIDED', {effectiveAt: '2026-11-05T00:00:00Z', ...more});
  assert.deepEqual(statementOf(credits(5, 0, [early({status: 'SCHEDULED'})]), credits(5, 0, [early()]), 0, SPAN), {opening: 5, granted: 0, used: 0, expired: 0, voided: 0, closing: 5});
});

test('what does not add up is no statement', () => {
  assert.equal(statementOf(credits(10, 0, []), credits(5, 0, []), 4, SPAN), null);
  assert.notEqual(statementOf(credits(10, 0, []), credits(5, 0, []), 5, SPAN), null);
});

test('whatever happens to random grants, the statement holds it', () => {
  for (let seed = 1; seed <= 500; seed++) {
    const random = randomOf(seed);
    const below = count => Math.floor(random() * count);
    const day = number => new Date(Date.parse('2026-10-01T00:00:00Z') + number * 86_400_000 + below(86_400_000)).toISOString();
    const at = {opening: 0, closing: 0};
    const moved = {granted: 0, expired: 0, voided: 0};
    const lists = {opening: [], closing: []};
    for (let index = 0; index < 4; index++) {
      const effectiveAt = day(below(70));
      const ends = below(2) ? day(71 + below(9)) : day(below(70));
      const end = Math.max(Date.parse(effectiveAt) + 1, Date.parse(ends));
      const kind = below(2) ? 'EXPIRED' : 'VOIDED';
      const expiresAt = kind === 'EXPIRED' ? new Date(end).toISOString() : null;
      const state = instant => (instant < Date.parse(effectiveAt) ? 'SCHEDULED' : instant < end ? 'ACTIVE' : kind);
      for (const [name, instant] of [['opening', SPAN.start - 1], ['closing', SPAN.end - 1]]) {
        const status = state(instant);
        lists[name].push(grant(`g-${index}`, status, {effectiveAt, expiresAt, forfeited: status === kind ? 100 : 0}));
        if (status === 'ACTIVE') at[name] += 100;
      }
      const inRange = instant => instant >= SPAN.start && instant < SPAN.end;
      if (inRange(Date.parse(effectiveAt))) moved.granted += 100;
      if (inRange(end)) moved[kind.toLowerCase()] += 100;
    }
    const used = below(150);
    const net = at.closing - used;
    const statement = statementOf(credits(at.opening, 0, lists.opening), credits(Math.max(0, net), Math.max(0, -net), lists.closing), used, SPAN);
    assert.deepEqual(statement, {opening: at.opening, ...moved, used, closing: net}, `seed ${seed}`);
  }
});

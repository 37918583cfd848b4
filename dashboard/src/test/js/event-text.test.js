/** What became of one event, in words. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {eventWords, expiryWords, rowInstant} from '../../main/resources/dashboard/js/history/event-text.js';

const event = more => ({
  eventId: 'e', kind: 'LEAD_SOURCED', outcome: 'APPLIED', reason: null, occurredAt: '2026-11-01T10:00:00Z', campaignId: 'c', leadId: 'l', grantId: null, credits: -1,
  reversedBy: null, reversedEventId: null, waitsUntil: null, asOf: '2026-11-02T00:00:00Z',
  ...more,
});
const second = more => eventWords(event(more), 'UTC')[1];

test('first what it is, then what became of it', () => {
  const [what, outcome] = eventWords(event(), 'UTC');
  assert.match(what, /^A sourced lead of Nov 1, 2026, 10:00\sAM UTC, campaign c, lead l\.$/);
  assert.equal(outcome, 'It is counted: −1 credit.');
});

test('each outcome has its sentence', () => {
  assert.equal(second({kind: 'EMAIL_SENT', credits: 0}), 'It is accepted; it moves no credits.');
  assert.equal(second({kind: 'GRANTED', credits: 500}), 'It is counted: +500 credits.');
  assert.equal(second({kind: 'REVERSED', reversedEventId: 'u'}), 'It has taken back event u.');
  assert.equal(second({outcome: 'REVERSED', reversedBy: 'r'}), 'It has been taken back by event r, so it uses no credits.');
  assert.match(second({kind: 'REVERSED', outcome: 'WAITING', reversedEventId: 'u', waitsUntil: '2026-12-01T00:00:00Z'}), /^It waits for the event it takes back, u, until Dec 1, 2026/);
  assert.equal(second({kind: 'VOIDED', outcome: 'WAITING'}), 'It waits for its grant, without limit.');
  assert.equal(second({outcome: 'REJECTED', reason: 'UNMATCHED'}), 'It was rejected: UNMATCHED.');
});

test('the campaign is named where its name is known', () => {
  assert.match(eventWords(event(), 'UTC', 'Fintech founders')[0], /, campaign “Fintech founders”, lead l\.$/);
});

const GRANTS = [
  {grantId: 'g', amount: 500, consumed: 380, forfeited: 120, effectiveAt: '2026-10-01T00:00:00Z', expiresAt: '2026-11-01T09:00:00Z', status: 'EXPIRED'},
  {grantId: 'spent', amount: 5, consumed: 5, forfeited: 0, effectiveAt: '2026-10-01T00:00:00Z', expiresAt: '2026-11-02T09:00:00Z', status: 'EXPIRED'},
  {grantId: 'live', amount: 5, consumed: 0, forfeited: 0, effectiveAt: '2026-10-01T00:00:00Z', expiresAt: '2026-12-02T09:00:00Z', status: 'ACTIVE'},
  {grantId: 'void', amount: 5, consumed: 0, forfeited: 5, effectiveAt: '2026-10-01T00:00:00Z', expiresAt: null, status: 'VOIDED'},
];

test('the id of an expiry, as the history and its file have it, is answered though it is no event', () => {
  const words = id => expiryWords(id, GRANTS, 'UTC')?.text.replaceAll(/\s/g, ' ');
  assert.equal(words('expired:g'), 'No event, but the expiry of grant g on Nov 1, 2026, 9:00 AM UTC: 120 credits expired unused.');
  assert.equal(expiryWords('expired:g', GRANTS, 'UTC').at, '2026-11-01T09:00:00Z');
  assert.equal(words('expired:spent'), 'No event, but the expiry of grant spent on Nov 2, 2026, 9:00 AM UTC: nothing was left, so the history has no entry of it.');
  assert.equal(expiryWords('expired:spent', GRANTS, 'UTC').at, null);
  assert.equal(words('expired:live'), 'No event, but the expiry of grant live: it has not expired.');
  assert.equal(words('expired:void'), 'No event, but the expiry of grant void: it was voided and did not expire.');
  for (const id of ['expired:nobody', 'g', 'expired:', '']) assert.equal(words(id), undefined, id);
});

test('an event that has an entry in the history says when that is', () => {
  const now = Date.parse('2026-11-02T00:00:00Z');
  const at = (more, grants = GRANTS) => rowInstant(event(more), grants, now);
  assert.equal(at(), '2026-11-01T10:00:00Z');
  assert.equal(at({outcome: 'REVERSED'}), '2026-11-01T10:00:00Z');
  assert.equal(at({kind: 'REVERSED'}), '2026-11-01T10:00:00Z');
  assert.equal(at({kind: 'GRANTED', grantId: 'g'}), '2026-10-01T00:00:00Z');
  assert.equal(at({kind: 'GRANTED', grantId: 'later'}, [{grantId: 'later', effectiveAt: '2026-12-01T00:00:00Z', status: 'SCHEDULED'}]), null);
  assert.equal(at({kind: 'GRANTED', grantId: 'unknown'}), null);
  for (const more of [{kind: 'EMAIL_SENT'}, {kind: 'CAMPAIGN_CHANGED'}, {kind: 'WORKSPACE_CHANGED'}, {outcome: 'WAITING', kind: 'REVERSED'}, {outcome: 'REJECTED'}])
    assert.equal(at(more), null, JSON.stringify(more));
});

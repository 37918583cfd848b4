/** What became of one event, in words. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {eventWords} from '../../main/resources/dashboard/js/history/event-text.js';

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

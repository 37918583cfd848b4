/** What an entry says of usage that was taken back. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {reversalWords} from '../../main/resources/dashboard/js/history/reversal-text.js';

const NOW = Date.parse('2026-11-30T00:00:00Z');
const back = more => ({kind: 'REVERSED', occurredAt: '2026-11-20T10:00:00Z', reversedCredits: 1, reversedEventId: 'u-1', ...more});
const expired = (expiresAt, more) => ({grantId: 'g', status: 'EXPIRED', effectiveAt: '2026-01-01T00:00:00Z', expiresAt, ...more});
const words = (usageAt, grants, more) => {
  const {of, ended} = reversalWords(back(more), usageAt, grants, 'UTC', NOW);
  return [of, ended].map(text => text.replaceAll(/\s/g, ' '));
};
const USAGE = '2026-11-19T09:00:00Z';

test('the usage is named by its time where that is known, else by its id', () => {
  assert.deepEqual(words(USAGE, []), ['1 credit given back as of the usage of Nov 19, 9:00 AM', '']);
  assert.deepEqual(words(null, []), ['1 credit given back as of the usage u-1', '']);
  assert.deepEqual(words(null, [], {reversedEventId: null, reversedCredits: 5}), ['5 credits given back as of the usage', '']);
});

test('an end of a grant is spoken of only if one can have taken the credits', () => {
  const ended = (usageAt, ...grants) => words(usageAt, grants)[1];
  const says = '. If the grant that this usage drew on has ended since, which is not known here, the credit ended with that grant';
  assert.equal(ended(USAGE, expired('2026-11-25T00:00:00Z')), says);
  assert.equal(ended(USAGE, expired('2026-11-19T09:00:00Z')), '', 'it had ended by the time of the usage');
  assert.equal(ended(USAGE, expired('2026-11-10T00:00:00Z')), '');
  assert.equal(ended(USAGE, expired('2026-12-10T00:00:00Z', {status: 'ACTIVE'})), '');
  assert.equal(ended(USAGE, expired(null, {status: 'VOIDED'})), says, 'when it was voided is not known');
  assert.equal(ended(USAGE, expired('2026-11-10T00:00:00Z', {status: 'VOIDED'})), '', 'it would have expired before the usage');
  assert.equal(ended(null, expired('2026-11-10T00:00:00Z')), says, 'the usage may be older than that');
});

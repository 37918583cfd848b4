/** Words about the future, against the numbers they speak of. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {folded} from '../../main/resources/dashboard/js/alerts.js';
import * as format from '../../main/resources/dashboard/js/format.js';
import {campaignDates, creditsForecast, daysText, expiringText, glanceForecast, grantWords, noExpiryText, projectionWords, quotaWords, said} from '../../main/resources/dashboard/js/forecast-text.js';
import * as check from '../resources/dashboard/test/predicates.js';
import {stateOf} from '../resources/dashboard/test/states.js';

const STATES = 2_000;

/** The words module reads the clock for one thing, the present year. */
function at(instant, run) {
  const real = Date.now;
  Date.now = () => Date.parse(instant);
  try {
    return run(Date.parse(instant));
  } finally {
    Date.now = real;
  }
}

const grant = more => ({grantId: 'g', amount: 500, remaining: 0, consumed: 0, forfeited: 0, effectiveAt: '2026-11-01T10:00:00Z', expiresAt: null, priority: 0, status: 'ACTIVE', ...more});

const answer = more => ({
  workspaceId: 'w', timeZone: 'America/Los_Angeles', remaining: 0, allocated: 0, consumed: 0, overage: 0, expiresAt: null, daysRemaining: null, period: null, grants: [],
  runway: {depletesAt: null, earliest: null, latest: null, forfeitedAtExpiry: 0, reason: 'NO_CREDITS'},
  ...more,
});

const text = (credits, now) => creditsForecast(credits, now).map(said).join(' ').replaceAll(/\s/g, ' ');

test('P1: a grant that expired unused is not called used', () =>
  at('2026-11-29T10:00:00Z', now => {
    const grants = [grant({status: 'EXPIRED', forfeited: 500, expiresAt: '2026-11-28T08:30:00Z'})];
    assert.equal(text(answer({grants}), now), '500 credits expired unused on Nov 28, 2026, 12:30 AM PST (grant g).');
  }));

test('P2: a grant that has not begun says when it does', () =>
  at('2026-11-29T10:00:00Z', now => {
    const grants = [grant({status: 'SCHEDULED', remaining: 500, effectiveAt: '2026-12-04T18:00:00Z'})];
    assert.equal(text(answer({grants}), now), '500 credits start on Dec 4, 2026, 10:00 AM PST.');
  }));

test('P3: an hour of usage is too little for any forecast', () =>
  at('2026-11-29T10:00:00Z', now => {
    const grants = [grant({amount: 1_000, remaining: 100, consumed: 900, expiresAt: '2027-01-28T10:00:00Z'})];
    const runway = {depletesAt: null, earliest: null, latest: null, forfeitedAtExpiry: null, reason: 'TOO_LITTLE_USAGE'};
    const words = text(answer({grants, remaining: 100, allocated: 1_000, consumed: 900, expiresAt: '2027-01-28T10:00:00Z', daysRemaining: 60, runway}), now);
    assert.equal(words, 'Too little usage to go by yet: no forecast of how long the credits last.');
  }));

test('P7: a quota of 0 is over from its first credit, and has no percentage', () => {
  assert.deepEqual(quotaWords({quota: 0, creditsUsed: 0, quotaReachedAt: null}, 'UTC', 0), {level: '', percent: null, note: 'Nothing is allowed'});
  assert.deepEqual(quotaWords({quota: 0, creditsUsed: 5, quotaReachedAt: null}, 'UTC', 0), {level: 'over', percent: null, note: 'Over its quota, which allows nothing'});
});

test('P8: percentages say neither 100 nor 0 before it is so', () => {
  assert.equal(format.share(996, 1_000), 'over 99%');
  assert.equal(format.share(1_000, 1_000), '100%');
  assert.equal(format.share(4, 10_000), 'under 1%');
  assert.equal(format.share(0, 10_000), '0%');
  assert.equal(format.change(1, 1_000), '−99%');
  assert.equal(format.change(996, 1_000), 'under 1% less');
  assert.equal(format.change(1_000, 1_000), 'the same');
});

test('P12: a grant that ends in the afternoon says the hour, and its days as the API counts them', () =>
  at('2026-11-29T20:00:00Z', now => {
    const expiresAt = '2026-12-16T00:00:00Z';
    const grants = [grant({amount: 500, remaining: 120, consumed: 380, expiresAt})];
    const runway = {depletesAt: null, earliest: null, latest: null, forfeitedAtExpiry: null, reason: 'TOO_LITTLE_USAGE'};
    const words = text(answer({grants, remaining: 120, allocated: 500, consumed: 380, expiresAt, daysRemaining: 16, runway}), now);
    assert.match(words, /120 credits not used by then expire in 16 days, on Dec 15, 2026, 4:00 PM PST \(grant g\)\./);
    assert.equal(grantWords(grants[0], 'America/Los_Angeles').replaceAll(/\s/g, ' '), 'expires Dec 15, 2026, 4:00 PM PST');
  }));

test('P14: the year stands there whenever it is not this one', () =>
  at('2026-11-29T10:00:00Z', now => {
    assert.equal(quotaWords({quota: 1_200, creditsUsed: 5, quotaReachedAt: '2028-06-16T10:00:00Z'}, 'UTC', now).note, 'Expected to be reached about Jun 16, 2028');
    assert.equal(quotaWords({quota: 1_200, creditsUsed: 5, quotaReachedAt: '2026-12-16T10:00:00Z'}, 'UTC', now).note, 'Expected to be reached about Dec 16');
    const item = {projectedUsage: 9, status: 'ACTIVE', endsAt: '2029-03-01T00:00:00Z', projectionReason: 'based on the last 3 days, pauses left out'};
    assert.deepEqual(projectionWords(item, null, 'UTC', now), {by: 'by its end on Mar 1, 2029, 12:00 AM UTC', basis: 'Based on the last 3 days, pauses left out'});
    assert.equal(format.day('2025-12-31', 'UTC'), 'Dec 31, 2025');
    assert.equal(format.day('2026-12-31', 'UTC'), 'Dec 31');
  }));

test('an estimate of more than 1,000 has three digits that count, and never exceeds what is left', () =>
  at('2026-11-29T10:00:00Z', now => {
    const expiresAt = '2027-01-28T10:00:00Z';
    const words = (forfeitedAtExpiry, remaining = 6_000) => {
      const grants = [grant({amount: 9_000, remaining, expiresAt})];
      const runway = {depletesAt: expiresAt, earliest: expiresAt, latest: expiresAt, forfeitedAtExpiry, reason: null};
      return text(answer({grants, remaining, allocated: 9_000, expiresAt, daysRemaining: 60, runway}), now);
    };
    assert.match(words(5_247), /About 5,250 credits will expire unused at the recent pace/);
    assert.match(words(987), /About 987 credits/);
    assert.match(words(5_248, 5_248), /About 5,248 credits/);
  }));

test('what a forecast counts on that has not begun is named', () =>
  at('2026-11-29T10:00:00Z', now => {
    const grants = [
      grant({remaining: 100}),
      grant({status: 'SCHEDULED', amount: 3_950, remaining: 3_950, effectiveAt: '2026-12-06T18:00:00Z'}),
      grant({status: 'SCHEDULED', amount: 7, remaining: 7, effectiveAt: '2027-06-01T18:00:00Z'}),
    ];
    const words = runway => text(answer({grants, remaining: 100, allocated: 500, runway: {earliest: null, latest: null, forfeitedAtExpiry: 0, reason: null, ...runway}}), now);
    assert.equal(words({depletesAt: '2027-02-20T10:00:00Z'}), 'Lasts until about Feb 20, 2027, counting 3,950 credits that start on Dec 6.');
    assert.equal(words({depletesAt: '2026-12-05T10:00:00Z'}), 'Lasts until about Dec 5. 3,950 credits start on Dec 6, 2026, 10:00 AM PST.');
  assert.equal(words({depletesAt: null, reason: 'TOO_LITTLE_USAGE', forfeitedAtExpiry: null}), 'Too little usage to go by yet: no forecast of how long the credits last. 3,950 credits start on Dec 6, 2026, 10:00 AM PST.');
    assert.equal(words({depletesAt: null, reason: 'NOT_FORESEEN'}), 'No end foreseen within two years at the recent pace, counting 3,957 credits that start from Dec 6 to Jun 1, 2027.');
  }));

test('the next expiry says how many of the credits it takes', () => {
  const soon = '2026-12-05T10:00:00Z';
  const grants = [grant({remaining: 1_573, expiresAt: soon}), grant({remaining: 10_097}), grant({status: 'DEPLETED', expiresAt: soon})];
  assert.equal(expiringText(answer({grants, remaining: 11_670, expiresAt: soon})), '1,573 of 11,670 credits expire');
  assert.equal(expiringText(answer({grants: grants.slice(0, 1), remaining: 1_573, expiresAt: soon})), 'all 1,573 credits expire');
  assert.equal(expiringText(answer({grants: [grant({remaining: 1, expiresAt: soon})], remaining: 1, expiresAt: soon})), 'the last credit expires');
});

test('a projection says its day, and that its basis leaves out pauses', () =>
  at('2026-11-29T10:00:00Z', now => {
    const item = {projectedUsage: 9, status: 'ACTIVE', endsAt: null, projectionReason: 'based on the last day, pauses left out'};
    assert.deepEqual(projectionWords(item, null, 'UTC', now), {by: 'by Dec 29, 30 days from now', basis: 'Based on the last day, pauses left out'});
  }));

test('what an older server does not say is left out', () =>
  at('2026-11-29T10:00:00Z', now => {
    const grants = [grant({remaining: 100, consumed: 400, expiresAt: '2027-06-28T10:00:00Z'})];
    const runway = {depletesAt: null, earliest: null, latest: null, forfeitedAtExpiry: 100};
    assert.equal(text(answer({grants, remaining: 100, allocated: 500, expiresAt: '2027-06-28T10:00:00Z', daysRemaining: 211, runway}), now), '');
    assert.equal(text(answer({grants, remaining: 100, allocated: 500, daysRemaining: null, runway: null}), now), '');
  }));

test(`nothing that is said of ${STATES} random states contradicts their numbers`, () => {
  const kinds = new Set();
  for (let seed = 1; seed <= STATES; seed++) {
    const {now, credits, campaigns, alerts} = stateOf(seed);
    const {timeZone, period} = credits;
    at(new Date(now).toISOString(), () => {
      const sentences = creditsForecast(credits, now);
      for (const {key} of sentences) kinds.add(key);
      const where = `state ${seed}: ${text(credits, now)}\n${JSON.stringify(credits, null, 1)}`;
      assert.deepEqual(check.contradictionsOfBalance(text(credits, now), credits, now), [], where);
      if (credits.allocated > 0)
        assert.deepEqual(check.contradictionsOfShare(format.share(credits.remaining, credits.allocated), credits), [], where);
      const glance = glanceForecast(credits, now).map(said).join(' ').replaceAll(/\s/g, ' ');
      const lost = /About ([\d,]+) credits? will expire unused/;
      assert.equal(glance.match(lost)?.[1], text(credits, now).match(lost)?.[1], where);
      const scheduled = credits.grants.some(({status}) => status === 'SCHEDULED');
      assert.equal(/credits? (that )?starts? /.test(glance), scheduled, where);
      const days = daysText(credits);
      assert.equal(days === 'None', credits.remaining === 0, where);
      assert.equal(days === 'No expiry', credits.remaining > 0 && credits.daysRemaining === null, where);
      if (/\d/.test(days)) assert.equal(days, credits.daysRemaining.toLocaleString('en-US'), where);
      const lines = folded(alerts);
      const shown = lines.flatMap(line => line.alerts.map(alert => alert.alertId));
      const headings = lines.map(line => line.heading ?? '').join(' ');
      assert.deepEqual(check.contradictionsOfAlerts(headings, shown, alerts, campaigns), [], `state ${seed}: ${headings}`);
      assert.equal(shown.length, alerts.length, 'none is lost');
      for (const item of campaigns) {
        const projection = Object.values(projectionWords(item, period, timeZone, now)).join('. ');
        assert.deepEqual(check.contradictionsOfProjection(projection, item, period, timeZone, now), [], `state ${seed}: ${projection}\n${JSON.stringify(item)}`);
        if (item.quota === null) continue;
        const {percent, note} = quotaWords(item, timeZone, now);
        const quota = [percent, note].filter(Boolean).join(' ');
        assert.deepEqual(check.contradictionsOfQuota(quota, item, timeZone, now), [], `state ${seed}: ${quota}\n${JSON.stringify(item)}`);
      }
    });
  }
  assert.deepEqual([...kinds].sort(), ['expired', 'expiry', 'lasts', 'range', 'starts', 'unused', 'used', 'voided'], 'every kind of sentence is said of some state');
});

test('credits that never expire are not none', () => {
  assert.equal(daysText(answer({remaining: 5, daysRemaining: null})), 'No expiry');
  assert.equal(daysText(answer({remaining: 0, daysRemaining: null})), 'None');
  assert.equal(daysText(answer({remaining: 5, daysRemaining: 0})), '0');
  assert.equal(noExpiryText({remaining: 5}), 'Never expires');
  assert.equal(noExpiryText({remaining: 0}), 'None');
});

test('a quota that is reached soon says the hour, and that it is not reached yet', () =>
  at('2026-11-30T10:00:00Z', now =>
    assert.equal(quotaWords({quota: 1_200, creditsUsed: 5, quotaReachedAt: '2026-12-01T19:00:00Z'}, 'UTC', now).note.replaceAll(/\s/g, ' '), 'Expected to be reached about Dec 1, 7:00 PM')));

test('the balance at a glance says how long it lasts, what will expire unused and what starts next', () =>
  at('2026-11-29T10:00:00Z', now => {
    const expiresAt = '2026-12-05T08:00:00Z';
    const grants = [grant({amount: 500, remaining: 120, consumed: 380, expiresAt}), grant({status: 'SCHEDULED', amount: 20, remaining: 20, effectiveAt: '2026-12-06T18:00:00Z'})];
    const runway = {depletesAt: expiresAt, earliest: '2026-12-01T00:00:00Z', latest: null, forfeitedAtExpiry: 46, reason: null};
    const sentences = glanceForecast(answer({grants, remaining: 120, allocated: 500, consumed: 380, expiresAt, daysRemaining: 6, runway}), now);
    assert.deepEqual(sentences.map(({key}) => key), ['lasts', 'unused', 'starts']);
    assert.match(sentences.map(said).join(' '), /About 46 credits will expire unused.*20 credits start on Dec 6/);
  }));

test('a campaign runs from, since, until or between its dates', () => {
  const now = Date.parse('2026-11-29T10:00:00Z');
  const words = (startsAt, endsAt, lastActivityAt = null) => campaignDates({startsAt, endsAt, lastActivityAt}, 'UTC', now).replaceAll(/\s/g, ' ');
  assert.match(words('2026-12-01T00:00:00Z', null), /^ · from Dec 1, 2026/);
  assert.match(words('2026-11-01T00:00:00Z', null), /^ · since Nov 1, 2026/);
  assert.match(words(null, '2026-12-01T00:00:00Z'), /^ · until Dec 1, 2026/);
  assert.match(words('2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'), /^ · Nov 1, 2026.* to Dec 1, 2026/);
  assert.match(words(null, null, '2026-11-28T09:00:00Z'), /^ · last activity .*Nov 28/);
  assert.equal(words(null, null), '');
});

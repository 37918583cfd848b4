/** Alerts told together. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {folded, mostSevere, thresholdText} from '../../main/resources/dashboard/js/alerts.js';

const alert = (kind, level, campaignId, threshold = 1) => ({kind, level, campaignId, threshold});

test('ten campaigns at their quota are one line, the workspace’s own alert stays first', () => {
  const many = Array.from({length: 10}, (_, index) => alert('QUOTA', 'CRITICAL', `c-${index}`));
  const lines = folded([alert('LOW_BALANCE', 'WARNING', null, 0.1), ...many, alert('QUOTA', 'WARNING', 'c-11', 0.8)]);
  assert.deepEqual(lines.map(({heading, alerts}) => heading ?? alerts[0].kind), ['LOW_BALANCE', '10 campaigns have reached their quota.', 'QUOTA']);
  assert.equal(lines[1].alerts.length, 10);
});

test('three stand each for itself', () => {
  const three = ['a', 'b', 'c'].map(id => alert('QUOTA', 'CRITICAL', id));
  assert.deepEqual(folded(three).map(line => line.heading), [null, null, null]);
});

test('one crossing is told once, as the most severe it came to; what came of it later is another', () => {
  const raised = (kind, level, campaignId, occurredAt, grantId = null) => ({kind, level, campaignId, grantId, occurredAt});
  const at = '2026-11-30T21:51:07Z';
  const alerts = [
    raised('LOW_BALANCE', 'NOTICE', null, at),
    raised('LOW_BALANCE', 'CRITICAL', null, at),
    raised('QUOTA', 'CRITICAL', 'c-1', at),
    raised('LOW_BALANCE', 'WARNING', null, '2026-11-30T21:51:05Z'),
    raised('QUOTA', 'WARNING', 'c-1', at),
    raised('QUOTA', 'WARNING', 'c-2', at),
    raised('EXPIRY', 'WARNING', null, at, 'g-1'),
    raised('EXPIRY', 'WARNING', null, at, 'g-2'),
    raised('LOW_BALANCE', 'RECOVERED', null, at),
    raised('LOW_BALANCE', 'NOTICE', null, '2026-11-29T21:51:07Z'),
  ];
  const told = mostSevere(alerts).map(({kind, level, campaignId, grantId}) => [kind, level, campaignId ?? grantId].filter(Boolean).join(' '));
  assert.deepEqual(told, [
    'LOW_BALANCE CRITICAL', 'QUOTA CRITICAL c-1', 'QUOTA WARNING c-2', 'EXPIRY WARNING g-1', 'EXPIRY WARNING g-2', 'LOW_BALANCE RECOVERED', 'LOW_BALANCE NOTICE',
  ]);
});

test('an alert names the threshold that was crossed', () => {
  const of = (kind, threshold) => thresholdText({kind, threshold});
  assert.equal(of('QUOTA', 0.8), 'at 80% of the quota');
  assert.equal(of('QUOTA', 1), 'at 100% of the quota');
  assert.equal(of('LOW_BALANCE', 0.2), 'at 20% left');
  assert.equal(of('LOW_BALANCE', 0.1), 'at 10% left');
  assert.equal(of('LOW_BALANCE', 0), 'at 0% left');
  assert.equal(of('EXPIRY', 30), '30 days before');
  assert.equal(of('EXPIRY', 1), '1 day before');
  assert.equal(of('SPIKE', null), '');
  assert.equal(of('QUOTA', null), '');
});

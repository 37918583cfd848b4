/** Alerts told together. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {folded} from '../../main/resources/dashboard/js/alerts.js';

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

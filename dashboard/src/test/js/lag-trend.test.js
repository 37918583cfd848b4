/** Whether the lag of a partition grows or falls. */
import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {LagTrend, changeText} from '../../main/resources/dashboard/js/lag-trend.js';

const row = lag => ({topic: 't', partition: 0, lag});

test('a partition is compared with a minute ago, or with when watching began', () => {
  let now = 0;
  const clock = mock.method(Date, 'now', () => now);
  const trend = new LagTrend();
  const look = lag => {
    const rows = [row(lag)];
    trend.note(rows);
    trend.note(rows); // drawn again, not answered again
    return trend.of(rows[0]);
  };
  assert.equal(look(100), null, 'one look is no trend');
  now = 5_000;
  assert.equal(look(130), 30);
  now = 65_000;
  assert.equal(look(120), -10, 'against the look a minute ago, not the first');
  now = 70_000;
  assert.equal(look(null), null, 'a lag that is not known');
  assert.equal(trend.of({topic: 'other', partition: 0, lag: 1}), null, 'a partition that was not there');
  clock.mock.restore();
});

test('lag that grows and lag that falls are told apart', () => {
  assert.equal(changeText(null), '–');
  assert.equal(changeText(0), 'steady');
  assert.equal(changeText(30), 'growing +30');
  assert.equal(changeText(-10), 'falling −10');
});

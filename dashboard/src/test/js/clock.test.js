/** Now by the server's clock. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {noteClock, serverNow} from '../../main/resources/dashboard/js/clock.js';

const ahead = () => serverNow() - Date.now();

test('an hour between the clocks is the server’s, a second is the header’s rounding', () => {
  noteClock(new Date(Date.now() + 3_600_000).toUTCString());
  assert.ok(Math.abs(ahead() - 3_600_000) < 2_000);
  noteClock(null);
  assert.ok(Math.abs(ahead() - 3_600_000) < 2_000, 'an answer without a date says nothing');
  noteClock(new Date(Date.now() - 1_000).toUTCString());
  assert.ok(Math.abs(ahead()) < 5);
});

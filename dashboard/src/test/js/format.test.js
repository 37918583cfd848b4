/** Numbers and moments as they are written. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import * as format from '../../main/resources/dashboard/js/format.js';

test('a share is cut off to whole percents, and says 0 % and 100 % only when that is so', () => {
  assert.equal(format.share(0, 1_000), '0%');
  assert.equal(format.share(1, 1_000), 'under 1%');
  assert.equal(format.share(874, 1_000), '87%');
  assert.equal(format.share(879, 1_000), '87%', 'as the alert of 80 % has it');
  assert.equal(format.share(4_197, 10_000), '41%');
  assert.equal(format.share(10, 1_000), '1%');
  assert.equal(format.share(990, 1_000), '99%');
  assert.equal(format.share(999, 1_000), 'over 99%');
  assert.equal(format.share(999_999, 1_000_000), 'over 99%');
  assert.equal(format.share(1_000, 1_000), '100%');
  assert.equal(format.share(1_204, 1_000), '120%');
  assert.equal(format.share(1_999, 1_000), '199%');
});

test('an estimate has three digits that count', () => {
  assert.deepEqual([0, 987, 1_000, 1_004, 5_247, 1_234_567].map(format.estimate), [0, 987, 1_000, 1_000, 5_250, 1_230_000]);
});

test('a minus is that of print', () => {
  assert.deepEqual([-1_200, 0, 5].map(format.signed), ['−1,200', '0', '+5']);
});

test('a change is in percent, in multiples when it is large, and never 0 % of what has changed', () => {
  assert.equal(format.change(5, 5), 'the same');
  assert.equal(format.change(150, 100), '+50%');
  assert.equal(format.change(0, 100), '−100%');
  assert.equal(format.change(1_001, 1_000), 'under 1% more');
  assert.equal(format.change(999, 1_000), 'under 1% less');
  assert.equal(format.change(1_419, 1_000), '+42%');
  assert.equal(format.change(1, 1_000), '−99%');
  assert.equal(format.change(2_000, 100), '×20');
});

test('an age is in the largest unit that fits, and never ahead of now', () => {
  assert.deepEqual([-5, 40_000, 61_000, 7_200_000, 86_400_000, 200_000_000].map(format.ago), ['0 s ago', '40 s ago', '1 min ago', '2 h ago', '1 day ago', '2 days ago']);
});

test('a zone is named with its offset, and one that is not known as what is shown instead', () => {
  assert.equal(format.zone('Asia/Kolkata'), 'Asia/Kolkata (GMT+5:30)');
  assert.equal(format.zone('Mars/Olympus'), 'UTC, as this browser does not know Mars/Olympus');
});

test('a count bears its noun, one its singular', () => {
  assert.equal(format.counted(1, 'entry', 'entries'), '1 entry');
  assert.equal(format.counted(1_200, 'entry', 'entries'), '1,200 entries');
  assert.equal(format.counted(0, 'day'), '0 days');
});

/** Path data of the chart. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {area, bars, steps} from '../../main/resources/dashboard/js/chart/shapes.js';

const y = value => 100 - value;

test('an empty segment draws nothing, the topmost is rounded', () => {
  assert.equal(bars([{x: 0, y0: 50, y1: 50, top: true}], 10, 4), '');
  assert.equal(bars([{x: 0, y0: 100, y1: 50, top: false}], 10, 4), 'M0,100V50h10V100z');
  assert.match(bars([{x: 0, y0: 100, y1: 50, top: true}], 10, 4), /^M0,100V54q0,-4 4,-4h2q4,0 4,4V100z$/);
});

test('a line steps from bucket to bucket and leaves out what is not known', () => {
  assert.equal(steps([null, 10, 20, null, 0], 10, 5, y), 'M15,90H25L25,80H35M45,100H55');
  assert.equal(area([10, null, 20], 10, 0, y, 100), 'M0,100V90h10V100zM20,100V80h10V100z');
});

/** Calendar days and hours of a zone. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {addDays, dayOf, daysIn, hourOf, isDay, knownZone, localTime, startOfDay, wallClock} from '../../main/resources/dashboard/js/days.js';

test('a zone that is not known is read as UTC', () => {
  assert.equal(knownZone('Europe/Berlin'), 'Europe/Berlin');
  assert.equal(knownZone('Mars/Olympus'), 'UTC');
  assert.equal(dayOf('2026-01-01T23:30:00Z', 'Mars/Olympus'), '2026-01-01');
});

test('the clock on the wall and its day are those of the zone, before and after clocks change', () => {
  assert.equal(wallClock('2026-03-29T00:59:59Z', 'Europe/Berlin'), '2026-03-29T01:59:59');
  assert.equal(wallClock('2026-03-29T01:00:00Z', 'Europe/Berlin'), '2026-03-29T03:00:00');
  assert.equal(dayOf('2026-10-03T15:45:00Z', 'Australia/Lord_Howe'), '2026-10-04');
  assert.equal(hourOf('2026-01-01T00:30:00Z', 'America/New_York'), 19);
});

test('a local time has its offset', () => {
  assert.equal(localTime('2026-01-01T23:30:00Z', 'UTC'), '2026-01-01T23:30:00Z');
  assert.equal(localTime('2026-01-01T23:30:05.007Z', 'Asia/Kolkata'), '2026-01-02T05:00:05.007+05:30');
  assert.equal(localTime('2026-01-01T03:30:00Z', 'America/New_York'), '2025-12-31T22:30:00-05:00');
});

test('days are counted across clock changes, leap days and years', () => {
  assert.equal(addDays('2026-03-28', 2), '2026-03-30');
  assert.equal(addDays('2028-03-01', -1), '2028-02-29');
  assert.equal(daysIn('2026-12-31', '2027-01-01'), 2);
  assert.equal(daysIn('2026-03-29', '2026-03-29'), 1);
  assert.equal(startOfDay('2026-03-30', 'Europe/Berlin') - startOfDay('2026-03-29', 'Europe/Berlin'), 23 * 3_600_000);
});

test('a day is one of the calendar, in four, two and two digits', () => {
  for (const day of ['2026-02-28', '2028-02-29']) assert.ok(isDay(day), day);
  for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', 'today', '', '2026-01-01T00:00']) assert.ok(!isDay(text), text);
});

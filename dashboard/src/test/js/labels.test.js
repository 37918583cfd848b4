/** The product's words for the API's codes. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {REJECTION, seriesLabel, seriesLabels} from '../../main/resources/dashboard/js/labels.js';

test('every reason of rejection that the API knows has words, and no other', () => {
  const document = JSON.parse(readFileSync(new URL('../../../../query-api/src/main/resources/api/openapi.json', import.meta.url), 'utf8'));
  const known = document.components.schemas.Rejected.properties.reason.description.match(/[A-Z]+(_[A-Z]+)*(?=[,. ]|$)/g);
  assert.deepEqual(Object.keys(REJECTION), known);
});

test('a series is called by the page’s words where it has some, else by the server’s', () => {
  const series = more => ({key: 'k', label: 'The label', rest: false, total: 0, points: [], ...more});
  assert.equal(seriesLabel('none', series()), 'Credits');
  assert.equal(seriesLabel('campaign', series()), 'The label');
  assert.equal(seriesLabel('campaign', series({label: ''})), 'k');
  assert.equal(seriesLabel('campaign', series({key: null, label: '', rest: true})), 'Other');
  assert.equal(seriesLabel('kind', series({key: 'LEAD_SOURCED'})), 'Leads sourced');
  assert.equal(seriesLabel('source', series({key: 'CSV'})), 'CSV import');
  assert.equal(seriesLabel('source', series({key: 'FAX'})), 'The label');
});

test('campaigns of one name are told apart by their ids', () => {
  const series = [['a', 'Webinar'], ['b', 'Webinar'], ['c', 'Fair'], [null, 'Webinar']].map(([key, label]) => ({key, label, rest: key === null, total: 0, points: []}));
  assert.deepEqual(seriesLabels('campaign', series), ['Webinar (a)', 'Webinar (b)', 'Fair', 'Other']);
  assert.deepEqual(seriesLabels('none', series.slice(0, 1)), ['Credits']);
});

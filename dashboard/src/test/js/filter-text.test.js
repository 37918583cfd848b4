/** What is announced when the history is filtered. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {entriesText, filterText} from '../../main/resources/dashboard/js/history/filter-text.js';

const rows = [{campaignId: null, campaignName: null}, {campaignId: 'c-3', campaignName: 'Webinar'}];

test('every filter is named, the campaign by its name where a row knows it', () => {
  assert.equal(filterText({}, rows, {}), 'Everything');
  assert.equal(filterText({kind: 'PHONE_REVEALED'}, rows, {}), 'Phone revealed');
  assert.match(
    filterText({kind: 'GRANTED', campaign: 'c-3', lead: 'l-1'}, rows, {from: '2026-11-01', to: '2026-11-07'}),
    /^Credits granted, Webinar, lead l-1, Nov 1\s.\s7, 2026$/,
  );
  assert.equal(filterText({campaign: 'c-9'}, rows, {}), 'campaign c-9');
});

test('how many entries there are, and whether more follow', () => {
  assert.equal(entriesText({items: [], nextCursor: null}), 'no entries');
  assert.equal(entriesText({items: [{}], nextCursor: null}), '1 entry');
  assert.equal(entriesText({items: Array(50).fill({}), nextCursor: 'c'}), '50 entries, more follow');
});

/** Names of downloaded files. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {campaignsFile, fileName, historyFile} from '../../main/resources/dashboard/js/csv.js';

test('a file is named by what it holds, without parts that are absent', () => {
  assert.equal(fileName('credit-history', 'acme', undefined, '2026-11-01', '2026-11-30'), 'credit-history-acme-2026-11-01-2026-11-30.csv');
});

test('what a file system may refuse becomes an underscore, letters of every script stay', () => {
  assert.equal(fileName('campaigns', '../a b:c', 'Käse東京'), 'campaigns-.._a_b_c-Käse東京.csv');
});

test('a file of the history names its filters and its days', () => {
  assert.equal(historyFile('acme', {}, {}), 'credit-history-acme-all-time.csv');
  assert.equal(
    historyFile('acme', {campaign: 'c-3', kind: 'PHONE_REVEALED', lead: 'l/1'}, {from: '2026-11-01', to: '2026-11-30'}),
    'credit-history-acme-campaign-c-3-phone-revealed-lead-l_1-2026-11-01-2026-11-30.csv',
  );
});

test('a file of campaigns names its filters, says that it is of all time, and when it was made', () => {
  assert.equal(campaignsFile('acme', {}, '2026-11-30'), 'campaigns-acme-all-time-as-of-2026-11-30.csv');
  assert.equal(campaignsFile('acme', {status: 'PAUSED', q: 'a'}, '2026-11-30'), 'campaigns-acme-paused-search-a-all-time-as-of-2026-11-30.csv');
});

/** Names of downloaded files. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fileName} from '../../main/resources/dashboard/js/csv.js';

test('a file is named by what it holds, without parts that are absent', () => {
  assert.equal(fileName('credit-history', 'acme', undefined, '2026-11-01', '2026-11-30'), 'credit-history-acme-2026-11-01-2026-11-30.csv');
});

test('what a file system may refuse becomes an underscore, letters of every script stay', () => {
  assert.equal(fileName('campaigns', '../a b:c', 'Käse東京'), 'campaigns-.._a_b_c-Käse東京.csv');
});

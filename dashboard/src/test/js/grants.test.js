import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hasBegun} from '../../main/resources/dashboard/js/grants.js';

const grant = (/** @type {Api.Grant['status']} */ status, consumed = 0, forfeited = 0) => ({status, consumed, forfeited});

test('a grant begins unless it is scheduled, or voided before it begins', () => {
  for (const status of /** @type {const} */ (['ACTIVE', 'DEPLETED', 'EXPIRED'])) assert.equal(hasBegun(grant(status)), true);
  assert.equal(hasBegun(grant('SCHEDULED')), false);
  assert.equal(hasBegun(grant('VOIDED')), false);
  assert.equal(hasBegun(grant('VOIDED', 3, 0)), true);
  assert.equal(hasBegun(grant('VOIDED', 0, 4)), true);
});

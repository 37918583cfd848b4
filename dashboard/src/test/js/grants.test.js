import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hasBegun, inOrderOfUse} from '../../main/resources/dashboard/js/grants.js';

const grant = (/** @type {Api.Grant['status']} */ status, consumed = 0, forfeited = 0) => ({status, consumed, forfeited});

test('a grant begins unless it is scheduled, or voided before it begins', () => {
  for (const status of /** @type {const} */ (['ACTIVE', 'DEPLETED', 'EXPIRED'])) assert.equal(hasBegun(grant(status)), true);
  assert.equal(hasBegun(grant('SCHEDULED')), false);
  assert.equal(hasBegun(grant('VOIDED')), false);
  assert.equal(hasBegun(grant('VOIDED', 3, 0)), true);
  assert.equal(hasBegun(grant('VOIDED', 0, 4)), true);
});

test('grants are listed in the order in which they are used', () => {
  const listed = (/** @type {string} */ grantId, /** @type {Api.Grant['status']} */ status, priority = 0, /** @type {string | null} */ expiresAt = null, effectiveAt = '2026-01-01T00:00:00Z') =>
    /** @type {Api.Grant} */ ({grantId, status, priority, expiresAt, effectiveAt});
  const grants = [
    listed('ended', 'EXPIRED'),
    listed('later', 'ACTIVE', 0, null, '2026-02-01T00:00:00.500Z'),
    listed('late', 'ACTIVE', 0, null, '2026-02-01T00:00:00Z'),
    listed('nevermore', 'ACTIVE'),
    listed('never', 'ACTIVE'),
    listed('to come', 'SCHEDULED', -5),
    listed('reserve', 'ACTIVE', 1, '2026-03-01T00:00:00Z'),
    listed('soon', 'ACTIVE', 0, '2026-04-01T00:00:00Z'),
    listed('used up', 'DEPLETED'),
  ];
  const order = inOrderOfUse(grants).map(grant => grant.grantId);
  assert.deepEqual(order, ['soon', 'never', 'nevermore', 'late', 'later', 'reserve', 'to come', 'used up', 'ended']);
});

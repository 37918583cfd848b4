/** Addresses of the API. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import * as paths from '../../main/resources/dashboard/js/paths.js';

test('ids are encoded, parameters without a value are left out', () => {
  assert.equal(paths.credits('a b/c'), 'v1/workspaces/a%20b%2Fc/credits');
  assert.equal(paths.history('acme', {from: '2026-11-01', kind: undefined, leadId: '', cursor: null, limit: 50}), 'v1/workspaces/acme/credits/history?from=2026-11-01&limit=50');
  assert.equal(paths.workspaces({limit: 500, cursor: 'a&b'}), 'v1/workspaces?limit=500&cursor=a%26b');
  assert.equal(paths.alerts('acme', {inForce: true}), 'v1/workspaces/acme/credits/alerts?inForce=true');
});

test('a campaign whose id no path can carry is asked for as a list of it', () => {
  assert.equal(paths.campaign('acme', 'spring 1'), 'v1/workspaces/acme/credits/campaigns/spring%201');
  for (const id of ['.', '..', 'a/b', 'a\\b'])
    assert.equal(paths.campaign('acme', id), `v1/workspaces/acme/credits/campaigns?${new URLSearchParams({campaignId: id})}`);
  const found = {campaignId: '..'};
  assert.equal(paths.campaignIn({items: [found], nextCursor: null}), found);
  assert.equal(paths.campaignIn({items: [], nextCursor: null}), null);
  assert.equal(paths.campaignIn(found), found);
});

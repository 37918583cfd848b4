/** Campaigns that share a name. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {twins} from '../../main/resources/dashboard/js/names.js';

const of = list => Object.fromEntries(twins(list.map(([id, name]) => ({id, name}))));

test('only those that share their name bear their id', () => {
  assert.deepEqual(of([['c-1', 'Webinar'], ['c-2', 'Webinar'], ['c-3', 'Other']]), {'c-1': 'c-1', 'c-2': 'c-2'});
  assert.deepEqual(of([['c-1', 'Webinar'], ['c-1', 'Webinar']]), {}, 'one campaign, twice');
  assert.deepEqual(of([['c-1', null], ['c-2', null], ['c-3', '']]), {}, 'without a name each is called by its id');
  assert.deepEqual(of([['c-1', null], ['c-2', 'c-1']]), {'c-1': 'c-1', 'c-2': 'c-2'});
  assert.deepEqual(of([['c-1', 'Webinar '], ['c-2', 'webinar']]), {'c-1': 'c-1', 'c-2': 'c-2'}, 'what looks the same is the same');
});

test('a long id is as short as tells it apart', () => {
  const [one, other] = ['0b7c1d52-aaaa-4e0e-9d01-111122223333', '9f3e6a10-bbbb-4c7e-8b52-444455556666'];
  assert.deepEqual(of([[one, 'x'], [other, 'x']]), {[one]: '…22223333', [other]: '…55556666'});
  const near = ['spring-campaign-2026-north-1', 'spring-campaign-2025-north-1'];
  assert.deepEqual(of(near.map(id => [id, 'x'])), Object.fromEntries(near.map(id => [id, id])), 'whole where the ends are the same');
});

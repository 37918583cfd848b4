/** A polled answer: whether one is awaited. */
import assert from 'node:assert/strict';
import {test} from 'node:test';

globalThis.document = {hidden: false, addEventListener() {}, removeEventListener() {}};
globalThis.sessionStorage = globalThis.localStorage = {getItem: () => null};
const {Live} = await import('../../main/resources/dashboard/js/live.js');

const host = () => ({addController() {}, requestUpdate() {}});

test('nothing is awaited where nothing is asked, from the first look on', () => {
  const live = new Live(host(), () => null);
  live.hostUpdate();
  assert.equal(live.loading, false);
  assert.equal(live.data, null);
});

test('an answer is awaited until it comes, and no more when its question goes', async () => {
  let path = 'v1/me';
  let answered = () => {};
  globalThis.fetch = () => new Promise(resolve => (answered = resolve));
  const live = new Live(host(), () => path, {quiet: true});
  live.hostUpdate();
  assert.equal(live.loading, true);
  answered(new Response('{"subject": "s"}', {headers: {etag: '"1"'}}));
  await new Promise(resolve => setTimeout(resolve, 20));
  assert.deepEqual([live.loading, live.data], [false, {subject: 's'}]);
  path = null;
  live.hostUpdate();
  assert.deepEqual([live.loading, live.data], [false, null]);
});

/** The page's address. */
import assert from 'node:assert/strict';
import {test} from 'node:test';

globalThis.addEventListener ??= () => {}; // the module listens to the browser when it is loaded
const {hrefOf} = await import('../../main/resources/dashboard/js/url-state.js');

test('workspace and page come first, what has no value is left out, slashes stay readable', () => {
  assert.equal(hrefOf({range: '7d', page: 'settings/credits', w: 'a b&c', q: '', view: null, by: undefined}), '?w=a%20b%26c&page=settings/credits&range=7d');
  assert.equal(hrefOf({page: 'campaigns'}), '?');
});

/** No module that runs without a browser is without a test here. */
import assert from 'node:assert/strict';
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {basename, join} from 'node:path';
import {test} from 'node:test';

const ROOT = new URL('../../main/resources/dashboard/js/', import.meta.url).pathname;
const BROWSER = /\b(document|location|localStorage|fetch|HTMLElement|dispatchEvent)\b[.(]|vendor\//;

const withoutComments = text => text.replace(/\/\*[\s\S]*?\*\//g, '');

/** Whether the module touches the browser, itself or by what it imports. */
function needsBrowser(path, seen = new Set()) {
  if (seen.has(path)) return false;
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  if (BROWSER.test(withoutComments(text))) return true;
  return [...text.matchAll(/from '(\..*?)'/g)].some(([, target]) => needsBrowser(join(path, '..', target), seen));
}

test('every module that needs no browser has a test named after it', () => {
  const modules = readdirSync(ROOT, {recursive: true}).filter(name => name.endsWith('.js'));
  const pure = modules.filter(name => !needsBrowser(join(ROOT, name)));
  assert.ok(pure.includes('forecast-text.js') && !pure.includes('element.js'));
  const untested = pure.filter(name => !existsSync(new URL(basename(name, '.js') + '.test.js', import.meta.url)));
  assert.deepEqual(untested, []);
});

/** The reader's token: a link's counts once the server has accepted it. */
import assert from 'node:assert/strict';
import {beforeEach, test} from 'node:test';

class Storage extends Map {
  getItem = key => this.get(key) ?? null;
  setItem = (key, value) => void this.set(key, value);
  removeItem = key => void this.delete(key);
}
globalThis.location = {hash: '', pathname: '/', search: '?w=acme'};
globalThis.history = {state: null, replaceState: (_, __, address) => void (globalThis.shown = address)};
globalThis.dispatchEvent = () => true;
const session = await import('../../main/resources/dashboard/js/session.js');

/** Opens a link over this session. */
function open(token, before) {
  globalThis.location.hash = `#token=${token}`;
  if (before) localStorage.setItem('creditflow.token', before);
  session.takeFromAddress();
}

beforeEach(() => {
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(globalThis, name, {value: new Storage(), configurable: true, writable: true});
  session.forgetLink();
});

test('a link signs in once the server has accepted its token, and leaves the address at once', () => {
  open('good');
  assert.equal(globalThis.shown, '/?w=acme');
  assert.equal(session.token(), 'good');
  assert.equal(localStorage.getItem('creditflow.token'), null);
  session.accepted();
  assert.equal(localStorage.getItem('creditflow.token'), 'good');
  assert.equal(session.token(), 'good');
});

test('a damaged link leaves a good session as it is, and is spoken of', () => {
  open('abc', 'good');
  assert.equal(session.token(), 'abc');
  session.refuse('abc');
  assert.equal(session.token(), 'good');
  assert.equal(session.reason(), null);
  assert.equal(session.linkRefused(), true);
  session.refuse('abc'); // answered late
  assert.equal(session.token(), 'good');
});

test('without a session before, a damaged link is no session that has ended; one that is too old is', () => {
  open('abc');
  session.refuse('abc');
  assert.deepEqual([session.token(), session.reason()], [null, 'link']);
  const old = `e30.${btoa('{"exp":1}')}.x`;
  open(old);
  session.refuse(old);
  assert.equal(session.reason(), 'expired');
});

test('a session that was accepted ends when it is refused', () => {
  open('good');
  session.accepted();
  session.refuse('good');
  assert.deepEqual([session.token(), session.reason()], [null, 'expired']);
});

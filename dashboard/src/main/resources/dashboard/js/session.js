/** The reader's token: from the address fragment into sessionStorage, and out of the address at once. */
const KEY = 'creditflow.token';
const REASON = 'creditflow.signedOut';

/** Moves a token found in `#token=...` into the session; true if there was one. */
export function takeFromAddress() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const token = fragment.get('token')?.split('#')[0]; // a link pasted after a link still works
  if (!token) return false;
  sessionStorage.setItem(KEY, token);
  sessionStorage.removeItem(REASON);
  history.replaceState(history.state, '', location.pathname + location.search);
  return true;
}

export const token = () => sessionStorage.getItem(KEY);

/** Why nobody is signed in: 'expired', 'signed-out' or null for a first visit. */
export const reason = () => sessionStorage.getItem(REASON);

export function end(why) {
  sessionStorage.removeItem(KEY);
  sessionStorage.setItem(REASON, why);
  dispatchEvent(new Event('creditflow:session'));
}

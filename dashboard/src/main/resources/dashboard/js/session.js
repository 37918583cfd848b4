/** The reader's token: from the address fragment into localStorage, which all tabs share, and out of the address at once. */
const KEY = 'creditflow.token';
const REASON = 'creditflow.signedOut';

/** Moves a token found in `#token=...` into the session; true if there was one. */
export function takeFromAddress() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const token = fragment.get('token')?.split('#')[0]; // a link pasted after a link still works
  if (!token) return false;
  localStorage.setItem(KEY, token);
  localStorage.removeItem(REASON);
  history.replaceState(history.state, '', location.pathname + location.search);
  return true;
}

export const token = () => localStorage.getItem(KEY);

/** Why nobody is signed in: 'expired', 'signed-out' or null for a first visit. */
export const reason = () => localStorage.getItem(REASON);

/** @param {'expired' | 'signed-out'} why */
export function end(why) {
  localStorage.setItem(REASON, why); // first, as other tabs look when the token goes
  localStorage.removeItem(KEY);
  tell();
}

/** Another tab signed in or out. */
export const follow = () =>
  addEventListener('storage', ({key}) => {
    if (key === KEY || key === null) tell();
  });

function tell() {
  dispatchEvent(new Event('creditflow:session'));
}

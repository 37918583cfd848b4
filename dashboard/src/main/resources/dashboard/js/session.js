/**
 * The reader's token: out of the address fragment at once, and into localStorage, which all tabs share, as soon as the server
 * has accepted it. Until then it is this tab's alone, and what was there before stays.
 */
const KEY = 'creditflow.token';
const UNTRIED = 'creditflow.untriedToken';
const REASON = 'creditflow.signedOut';

let refusedLink = false;

/** Takes a token found in `#token=...`, to be tried; true if there was one. */
export function takeFromAddress() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const token = fragment.get('token')?.split('#')[0]; // a link pasted after a link still works
  if (!token) return false;
  sessionStorage.setItem(UNTRIED, token);
  history.replaceState(history.state, '', location.pathname + location.search);
  return true;
}

export const token = () => sessionStorage.getItem(UNTRIED) ?? localStorage.getItem(KEY);

/** Why nobody is signed in: 'expired', 'signed-out', 'link' that was not valid, or null for a first visit. */
export const reason = () => localStorage.getItem(REASON);

/** The server has accepted the present token. */
export function accepted() {
  const untried = sessionStorage.getItem(UNTRIED);
  if (untried === null) return;
  localStorage.setItem(KEY, untried);
  localStorage.removeItem(REASON);
  sessionStorage.removeItem(UNTRIED);
}

/** The server does not accept this token: the session ends, unless it is a link's and there was a session before. @param {string | null} refused */
export function refuse(refused) {
  if (refused !== token()) return;
  if (sessionStorage.getItem(UNTRIED) === null) end('expired');
  else if (localStorage.getItem(KEY) === null) end(refused !== null && isOver(refused) ? 'expired' : 'link');
  else {
    sessionStorage.removeItem(UNTRIED);
    refusedLink = true;
    tell();
  }
}

/** Whether a link was opened whose token is not valid, while a session goes on. */
export const linkRefused = () => refusedLink;

export function forgetLink() {
  refusedLink = false;
}

/** @param {'expired' | 'signed-out' | 'link'} why */
export function end(why) {
  localStorage.setItem(REASON, why); // first, as other tabs look when the token goes
  localStorage.removeItem(KEY);
  sessionStorage.removeItem(UNTRIED);
  tell();
}

/** Another tab signed in or out. */
export const follow = () =>
  addEventListener('storage', ({key}) => {
    if (key === KEY || key === null) tell();
  });

/** Whether a token says of itself that its time is over. @param {string} token */
function isOver(token) {
  try {
    const claims = JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
    return claims.exp * 1000 < Date.now();
  } catch {
    return false;
  }
}

function tell() {
  dispatchEvent(new Event('creditflow:session'));
}

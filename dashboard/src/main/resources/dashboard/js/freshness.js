/** How old the numbers on the page are: the oldest of everything that is polled. */
/** @type {Map<object, Freshness>} */
const known = new Map();
/** @type {Set<() => void>} */
const listeners = new Set();

/** @param {object} source @param {Freshness} state */
export function note(source, state) {
  known.set(source, state);
  tell();
}

/** @param {object} source */
export function forget(source) {
  if (known.delete(source)) tell();
}

/** The oldest; asOf null before the first answer. @returns {{asOf: string | null, problem: Problem | null}} */
export function oldest() {
  let asOf = null;
  let problem = null;
  for (const state of known.values()) {
    if (state.asOf && (asOf === null || Date.parse(state.asOf) < Date.parse(asOf))) asOf = state.asOf;
    problem ??= state.problem;
  }
  return {asOf, problem};
}

/** Settles when all that had failed is answered or has failed again. */
export const retryAll = () => Promise.all([...known.values()].map(state => state.problem && state.retry()));

/** @param {() => void} listener */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell() {
  for (const listener of listeners) listener();
}

/** How old the numbers on the page are: the oldest of everything that is polled. */
const known = new Map();
const listeners = new Set();

export function note(source, state) {
  known.set(source, state);
  tell();
}

export function forget(source) {
  if (known.delete(source)) tell();
}

/** `{asOf, problem}` of the oldest; asOf null before the first answer. */
export function oldest() {
  let asOf = null;
  let problem = null;
  for (const state of known.values()) {
    if (state.asOf && (asOf === null || Date.parse(state.asOf) < Date.parse(asOf))) asOf = state.asOf;
    problem ??= state.problem;
  }
  return {asOf, problem};
}

export function retryAll() {
  for (const state of [...known.values()]) if (state.problem) state.retry();
}

export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell() {
  for (const listener of listeners) listener();
}

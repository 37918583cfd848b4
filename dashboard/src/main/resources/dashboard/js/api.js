/** The HTTP side: one GET with the token, an ETag and errors that can be shown. */
import * as session from './session.js';

const TIMEOUT_MS = 15_000;
let clockOffset = 0;

/** Now by the server's clock, so that "updated 3 s ago" is right on a machine whose clock is not. */
export const serverNow = () => Date.now() + clockOffset;

/** An answer other than success, or none at all (`status` 0). */
export class Problem extends Error {
  constructor(status, body, retryAfterSeconds) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.status = status;
    this.errors = body.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Asks for JSON. Answers `{changed, data, etag, asOf}`; after a 304 `changed` is false and data undefined.
 * @throws Problem
 */
export async function get(path, {etag, signal} = {}) {
  const response = await send(path, {accept: 'application/json', ...(etag && {'if-none-match': etag})}, signal);
  if (response.status === 304) {
    return {changed: false, etag, asOf: response.headers.get('creditflow-as-of')};
  }
  const data = await response.json();
  return {changed: true, data, etag: response.headers.get('etag'), asOf: data.asOf ?? null};
}

/** Downloads an answer as a file (the token goes in a header, so a plain link cannot). */
export async function download(path, accept, fileName) {
  const response = await send(path, {accept}, undefined, 0);
  save(await response.blob(), fileName);
}

export function save(blob, fileName) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function send(path, headers, signal, timeoutMs = TIMEOUT_MS) {
  const signals = [signal, timeoutMs ? AbortSignal.timeout(timeoutMs) : null].filter(Boolean);
  const token = session.token();
  let response;
  try {
    response = await fetch(path, {
      headers: {...headers, ...(token && {authorization: `Bearer ${token}`})},
      signal: AbortSignal.any(signals),
    });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    const slow = failure.name === 'TimeoutError';
    throw new Problem(0, {detail: slow ? 'The server took too long to answer.' : 'The server cannot be reached.'});
  }
  noteClock(response.headers.get('date'));
  if (response.ok || response.status === 304) return response;
  if (response.status === 401 && token === session.token()) session.end('expired');
  const body = await response.json().catch(() => ({}));
  throw new Problem(response.status, body, Number(response.headers.get('retry-after')) || null);
}

function noteClock(date) {
  if (!date) return;
  const offset = Date.parse(date) - Date.now();
  clockOffset = Math.abs(offset) < 2_000 ? 0 : offset; // the header counts whole seconds
}

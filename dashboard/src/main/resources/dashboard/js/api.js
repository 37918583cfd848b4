/** The HTTP side: one GET with the token, an ETag and errors that can be shown. */
import {noteClock} from './clock.js';
import * as session from './session.js';

const TIMEOUT_MS = 15_000;
const BYTE_ORDER_MARK = '\ufeff'; // without it Excel reads UTF-8 as something else

/** An answer other than success, or none at all (`status` 0). */
export class Problem extends Error {
  /** @param {number} status @param {Partial<Api.Problem>} body @param {number | null} [retryAfterSeconds] */
  constructor(status, body, retryAfterSeconds) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.status = status;
    this.errors = body.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Asks for JSON. Answers `{changed, data, etag, asOf}`; after a 304 `changed` is false and data undefined. The browser may
 * answer from what it keeps, once the server has said that it still holds: then the header, not the kept body, says how old
 * that is. What has no `asOf` is as old as its answer.
 * @template Answer
 * @param {Path<Answer>} path @param {{etag?: string | null, signal?: AbortSignal}} options
 * @returns {Promise<Got<Answer>>}
 * @throws Problem
 */
export async function get(path, {etag, signal} = {}) {
  const response = await send(path, {accept: 'application/json', ...(etag && {'if-none-match': etag})}, {signal});
  if (response.status === 304) {
    return {changed: false, data: /** @type {any} */ (undefined), etag, asOf: asOf(response)};
  }
  const data = await response.json();
  return {changed: true, data, etag: response.headers.get('etag'), asOf: asOf(response, data.asOf)};
}

/** @param {Response} response @param {string} [said] */
const asOf = ({headers}, said) =>
  headers.get('creditflow-as-of') ?? said ?? new Date(headers.get('date') ?? Date.now()).toISOString();

/** An answer as CSV (the token goes in a header, so a plain link cannot ask for it). @param {string} path */
export async function csvOf(path) {
  // No cache: it may hold the same address's JSON.
  const response = await send(path, {accept: 'text/csv'}, {timeoutMs: 0, cache: 'no-store'});
  if (!response.headers.get('content-type')?.startsWith('text/csv'))
    throw new Problem(0, {detail: 'The server does not offer this as CSV.'});
  return response.blob();
}

/** Saves a file made of these parts, marked as UTF-8. @param {BlobPart[]} parts @param {string} fileName */
export function saveCsv(parts, fileName) {
  const blob = new Blob([BYTE_ORDER_MARK, ...parts], {type: 'text/csv;charset=utf-8'});
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * @param {string} path @param {Record<string, string>} headers
 * @param {{signal?: AbortSignal, timeoutMs?: number, cache?: RequestCache}} options
 */
async function send(path, headers, {signal, timeoutMs = TIMEOUT_MS, cache = 'default'}) {
  const signals = [signal, timeoutMs ? AbortSignal.timeout(timeoutMs) : null].filter(one => one instanceof AbortSignal);
  const token = session.token();
  let response;
  try {
    response = await fetch(path, {
      headers: {...headers, ...(token && {authorization: `Bearer ${token}`})},
      signal: AbortSignal.any(signals),
      cache,
    });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    const slow = failure.name === 'TimeoutError';
    throw new Problem(0, {detail: slow ? 'The server took too long to answer.' : 'The server cannot be reached.'});
  }
  noteClock(response.headers.get('date'));
  if (response.ok || response.status === 304) return response;
  if (response.status === 401) session.refuse(token);
  const body = await response.json().catch(() => ({}));
  throw new Problem(response.status, body, Number(response.headers.get('retry-after')) || null);
}

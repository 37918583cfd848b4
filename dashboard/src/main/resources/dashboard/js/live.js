/** A polled answer: asks every few seconds with its ETag, rests while the page is hidden, keeps the last good data. */
import {get} from './api.js';
import * as freshness from './freshness.js';

const POLL_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;

/** What a path asks about, apart from how much of it and in which order. @param {string} path */
const thingOf = path => {
  const [place, query] = path.split('?');
  return `${place} ${new URLSearchParams(query).get('campaignId') ?? ''}`;
};

/** @template Answer */
export class Live {
  /** The last good answer; null before the first and after a change of path. @type {Answer | null} */
  data = null;
  /** Why the last attempt failed; null after a success. @type {Problem | null} */
  problem = null;
  /** True while an answer to a changed path is awaited. */
  loading = true;
  /** @type {string | null} */
  asOf = null;

  #host;
  #pathOf;
  /** Undefined until the first look, null while nothing is asked. @type {Path<Answer> | null | undefined} */
  #path;
  /** @type {string | null | undefined} */
  #etag = null;
  #timer = 0;
  #failures = 0;
  /** @type {AbortController | null} */
  #request = null;
  #everyMs;
  #quiet;
  #onVisible = () => (document.hidden ? this.#rest() : this.#ask());
  #onOnline = () => {
    this.#failures = 0;
    this.#ask();
  };

  /**
   * @param {Host} host
   * @param {() => Path<Answer> | null} pathOf gives the path to ask, or null to ask nothing
   * @param quiet true for what the page can do without: its age and failures are not shown
   */
  constructor(host, pathOf, {everyMs = POLL_MS, quiet = false} = {}) {
    this.#host = host;
    this.#pathOf = pathOf;
    this.#everyMs = everyMs;
    this.#quiet = quiet;
    host.addController(this);
  }

  hostConnected() {
    document.addEventListener('visibilitychange', this.#onVisible);
    addEventListener('online', this.#onOnline);
    if (this.#path) this.#ask();
  }

  hostDisconnected() {
    document.removeEventListener('visibilitychange', this.#onVisible);
    removeEventListener('online', this.#onOnline);
    this.#rest();
    freshness.forget(this);
  }

  hostUpdate() {
    const path = this.#pathOf();
    if (path === this.#path) return;
    const sameThing = path && this.#path && thingOf(path) === thingOf(this.#path);
    this.#path = path;
    this.#etag = null;
    this.loading = path !== null;
    if (!sameThing) {
      this.data = null;
      this.problem = null;
      this.asOf = null;
      freshness.forget(this);
    }
    this.#ask();
  }

  /** Settles with the answer, or once that has failed too. */
  retry() {
    this.#failures = 0;
    this.loading = this.data === null;
    this.problem = null;
    this.#host.requestUpdate();
    return this.#ask();
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#request = null;
  }

  async #ask() {
    this.#rest();
    if (!this.#path || document.hidden) return;
    const request = (this.#request = new AbortController());
    try {
      const answer = await get(this.#path, {etag: this.#etag, signal: request.signal});
      if (request !== this.#request) return;
      this.#took(answer);
    } catch (problem) {
      if (request !== this.#request) return;
      this.#failed(problem);
    }
    this.#timer = setTimeout(() => this.#again(), this.#wait());
  }

  /** A range such as "30 days" moves at midnight, so the path is computed anew each time. */
  #again() {
    const before = this.#path;
    this.hostUpdate();
    if (before === this.#path) this.#ask();
  }

  #wait() {
    const backoff = this.#everyMs * 2 ** Math.min(this.#failures, 4);
    const asked = (this.problem?.retryAfterSeconds ?? 0) * 1000;
    return Math.min(LONGEST_WAIT_MS, Math.max(asked, backoff));
  }

  /** @param {Got<Answer>} answer */
  #took(answer) {
    const shows = answer.changed || this.problem !== null || this.loading;
    if (answer.changed) {
      this.data = answer.data;
      this.#etag = answer.etag;
    }
    this.asOf = answer.asOf;
    this.problem = null;
    this.loading = false;
    this.#failures = 0;
    this.#note();
    if (shows) this.#host.requestUpdate();
  }

  /** @param {Problem} problem */
  #failed(problem) {
    if (!('status' in problem)) console.error(problem);
    this.problem = problem;
    if (this.loading) this.data = null; // what was asked before is no answer to this
    this.loading = false;
    this.#failures += 1;
    if (this.data) this.#note();
    this.#host.requestUpdate();
  }

  #note() {
    if (!this.#quiet) freshness.note(this, {asOf: this.asOf, problem: this.problem, retry: () => this.retry()});
  }
}

/** "Updated 3 s ago", ticking; says so when the numbers are old or the server is away. */
import {CreditElement, html, nothing} from '../element.js';
import {announce} from '../announce.js';
import {serverNow} from '../clock.js';
import {focusOn} from '../focus.js';
import * as format from '../format.js';
import * as freshness from '../freshness.js';

const STALE_MS = 30_000;
const TICK_MS = 1_000;
/** A page that was hidden, or whose machine slept, has this long to ask anew before it calls its numbers old. */
const WAKING_MS = 5_000;

class FreshnessNote extends CreditElement {
  #stop = () => {};
  #timer = 0;
  #announced = 'fresh';
  #lastTick = Date.now();
  #awakeSince = 0;
  #hadFocus = false; // the button, which goes when all is well again

  connectedCallback() {
    super.connectedCallback();
    this.#stop = freshness.onChange(() => this.requestUpdate());
    this.#timer = setInterval(() => document.hidden || this.requestUpdate(), TICK_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
    clearInterval(this.#timer);
  }

  willUpdate() {
    this.#hadFocus = this.querySelector('button')?.matches(':focus') ?? false;
  }

  updated() {
    if (this.#hadFocus && !this.querySelector('button')) focusOn(this.querySelector('.freshness-text'));
  }

  async #retry() {
    await freshness.retryAll();
    if (freshness.oldest().problem) announce('Still cannot be reached.');
  }

  /** Whether the page has just come back: nothing was drawn for a while. */
  #isWaking() {
    const now = Date.now();
    if (now - this.#lastTick > WAKING_MS) this.#awakeSince = now;
    this.#lastTick = now;
    return now - this.#awakeSince < WAKING_MS;
  }

  render() {
    const {asOf, problem} = freshness.oldest();
    const waking = this.#isWaking();
    if (!asOf) return html`<span class="freshness">${nothing}</span>`;
    const age = serverNow() - Date.parse(asOf);
    const state = problem ? 'away' : age <= STALE_MS ? 'fresh' : waking ? 'waking' : 'stale';
    this.#announce(state, age);
    return html`<span class="freshness ${state}">
      <span class="freshness-dot"></span>
      <span class="freshness-text" tabindex="-1"
        >${PREFIX[state] ?? ''}Updated
        <time datetime=${asOf}>${age < 1_000 ? 'just now' : format.ago(age)}</time></span
      >
      ${problem ? html`<button class="button small" @click=${() => this.#retry()}>Try again</button>` : nothing}
    </span>`;
  }

  /** @param {string} state @param {number} age */
  #announce(state, age) {
    if (state === this.#announced || state === 'waking') return;
    this.#announced = state;
    announce(
      state === 'fresh'
        ? 'The numbers are up to date again.'
        : state === 'stale'
          ? `The numbers are old: updated ${format.ago(age)}.`
          : 'The latest numbers cannot be reached. What you see is the last known state.',
    );
  }
}

/** @type {{[state: string]: string}} */
const PREFIX = {away: 'Cannot reach the latest numbers · ', waking: 'Asking for the latest numbers · '};

customElements.define('freshness-note', FreshnessNote);

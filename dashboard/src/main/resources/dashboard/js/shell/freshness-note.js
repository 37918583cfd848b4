/** "Updated 3 s ago", ticking; says so when the numbers are old or the server is away. */
import {CreditElement, html, nothing} from '../element.js';
import {announce} from '../announce.js';
import {serverNow} from '../api.js';
import * as format from '../format.js';
import * as freshness from '../freshness.js';

const STALE_MS = 30_000;

class FreshnessNote extends CreditElement {
  #stop = null;
  #timer = 0;
  #announced = 'fresh';

  connectedCallback() {
    super.connectedCallback();
    this.#stop = freshness.onChange(() => this.requestUpdate());
    this.#timer = setInterval(() => document.hidden || this.requestUpdate(), 1_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
    clearInterval(this.#timer);
  }

  render() {
    const {asOf, problem} = freshness.oldest();
    if (!asOf) return html`<span class="freshness">${nothing}</span>`;
    const age = serverNow() - Date.parse(asOf);
    const state = problem ? 'away' : age > STALE_MS ? 'stale' : 'fresh';
    this.#announce(state, age);
    return html`<span class="freshness ${state}">
      <span class="freshness-dot"></span>
      <span
        >${state === 'away' ? 'Cannot reach the latest numbers · ' : ''}Updated
        <time datetime=${asOf}>${age < 1_000 ? 'just now' : format.ago(age)}</time></span
      >
      ${problem ? html`<button class="button small" @click=${freshness.retryAll}>Try again</button>` : nothing}
    </span>`;
  }

  #announce(state, age) {
    if (state === this.#announced) return;
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

customElements.define('freshness-note', FreshnessNote);

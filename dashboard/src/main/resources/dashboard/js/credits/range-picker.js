/** Which days to show: presets, or two dates. */
import {CreditElement, html, nothing} from '../element.js';
import {PRESETS} from '../range.js';
import * as url from '../url-state.js';
import '../shell/day-range.js';

class RangePicker extends /** @type {With<RangeProperties>} */ (CreditElement) {
  static properties = {
    range: {},
    days: {attribute: false},
    today: {},
    hasPeriod: {attribute: false},
    periodText: {},
    editing: {state: true},
  };

  /** @param {Changed} changed */
  willUpdate(changed) {
    if (changed.has('range')) this.editing = false;
  }

  render() {
    const custom = this.range.includes('..');
    const presets = PRESETS.filter(([key]) => key !== 'period' || this.hasPeriod);
    return html`<div class="range">
      <div class="segments" role="group" aria-label="Range of days">
        ${presets.map(([key, text]) => html`<button class="segment" title=${key === 'period' ? this.periodText : nothing} aria-pressed=${this.range === key} @click=${() => this.#choose(key)}>${text}</button>`)}
        <button
          class="segment"
          aria-pressed=${custom}
          aria-expanded=${Boolean(this.editing) || custom}
          @click=${() => (this.editing = true)}
        >
          Custom
        </button>
      </div>
      ${this.editing || custom ? html`<day-range .days=${this.days} .today=${this.today}></day-range>` : nothing}
    </div>`;
  }

  /** @param {string} key */
  #choose(key) {
    this.editing = false; // also when the range stays what it is
    url.change({range: key === '30d' ? null : key});
  }
}

customElements.define('range-picker', RangePicker);

/** The history's days: all time, a preset, or from one date to another. */
import {CreditElement, html, nothing} from '../element.js';
import {PRESETS} from '../range.js';
import * as url from '../url-state.js';
import '../shell/day-range.js';

class HistoryRange extends /** @type {With<RangeProperties>} */ (CreditElement) {
  static properties = {
    range: {},
    days: {attribute: false},
    today: {},
    hasPeriod: {attribute: false},
    editing: {state: true},
  };

  /** @param {Changed} changed */
  willUpdate(changed) {
    if (changed.has('range')) this.editing = false;
  }

  render() {
    const custom = this.editing || this.range.includes('..');
    const presets = PRESETS.filter(([key]) => key !== 'period' || this.hasPeriod);
    return html` <label class="field"
        ><span class="field-label">Days</span>
        <select class="select" @change=${event => this.#choose(event.target.value)}>
          <option value="" .selected=${!custom && !this.range}>All time</option>
          ${presets.map(([key, text]) => html`<option value=${key} .selected=${!custom && this.range === key}>${/^\d/.test(text) ? `Last ${text}` : text}</option>`)}
          <option value="custom" .selected=${custom}>Custom…</option>
        </select></label
      >
      ${
        custom
          ? html`<day-range .days=${this.days} .today=${this.today} instead="all time"></day-range>`
          : nothing
      }`;
  }

  /** @param {string} value */
  #choose(value) {
    if (value === 'custom') this.editing = true;
    else url.change({range: value, trend: null});
  }
}

customElements.define('history-range', HistoryRange);

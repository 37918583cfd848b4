/** The history's days: all time, a preset, or from one date to another. */
import {CreditElement, html, nothing} from '../element.js';
import * as days from '../days.js';
import * as url from '../url-state.js';

class HistoryRange extends CreditElement {
  static properties = {
    range: {},
    days: {attribute: false},
    hasPeriod: {attribute: false},
    editing: {state: true},
    wrong: {state: true},
  };

  willUpdate(changed) {
    if (changed.has('range')) this.editing = false;
  }

  render() {
    const custom = this.editing || this.range.includes('..');
    const presets = days.PRESETS.filter(([key]) => key !== 'period' || this.hasPeriod || this.range === 'period');
    return html` <label class="field"
        ><span class="field-label">Days</span>
        <select class="select" @change=${event => this.#choose(event.target.value)}>
          <option value="" .selected=${!custom && !this.range}>All time</option>
          ${presets.map(([key, text]) => html`<option value=${key} .selected=${!custom && this.range === key}>${key === 'period' ? text : `Last ${text}`}</option>`)}
          <option value="custom" .selected=${custom}>Custom…</option>
        </select></label
      >
      ${
        custom
          ? html`<form class="dates" novalidate @submit=${this.#apply}>
              <label class="field"
                ><span class="field-label">From</span
                ><input class="input" type="date" name="from" .value=${this.days.from ?? ''}
              /></label>
              <label class="field"
                ><span class="field-label">To</span
                ><input class="input" type="date" name="to" .value=${this.days.to ?? ''}
              /></label>
              <button class="button">Apply</button>
              ${this.wrong ? html`<p class="field-error" role="alert">${this.wrong}</p>` : nothing}
            </form>`
          : nothing
      }`;
  }

  #choose(value) {
    this.wrong = null;
    if (value === 'custom') this.editing = true;
    else url.change({range: value});
  }

  #apply(event) {
    event.preventDefault();
    const {from, to} = Object.fromEntries(new FormData(event.target));
    this.wrong =
      !days.isDay(from) || !days.isDay(to)
        ? 'Choose both dates.'
        : from > to
          ? 'The first day must not be after the last.'
          : days.daysIn(from, to) > days.LONGEST_RANGE_DAYS
            ? `Choose at most ${days.LONGEST_RANGE_DAYS} days, or all time.`
            : null;
    if (!this.wrong) url.change({range: `${from}..${to}`});
  }
}

customElements.define('history-range', HistoryRange);

/** Which days to show: presets, or two dates. */
import {CreditElement, html, nothing} from '../element.js';
import * as days from '../days.js';
import * as url from '../url-state.js';

class RangePicker extends CreditElement {
  static properties = {
    range: {},
    days: {attribute: false},
    today: {},
    hasPeriod: {attribute: false},
    editing: {state: true},
    wrong: {state: true},
  };

  render() {
    const custom = this.range.includes('..');
    const presets = days.PRESETS.filter(([key]) => key !== 'period' || this.hasPeriod);
    return html`<div class="range">
      <div class="segments" role="group" aria-label="Range of days">
        ${presets.map(([key, text]) => html`<button class="segment" aria-pressed=${!this.editing && this.range === key} @click=${() => this.#choose(key)}>${text}</button>`)}
        <button
          class="segment"
          aria-pressed=${Boolean(this.editing) || custom}
          aria-expanded=${Boolean(this.editing) || custom}
          @click=${() => (this.editing = true)}
        >
          Custom
        </button>
      </div>
      ${this.editing || custom ? this.#dates() : nothing}
    </div>`;
  }

  #dates() {
    return html`<form class="dates" novalidate @submit=${this.#apply}>
      <label class="field inline"
        ><span>From</span
        ><input class="input" type="date" name="from" required .value=${this.days.from} max=${this.today}
      /></label>
      <label class="field inline"
        ><span>to</span><input class="input" type="date" name="to" required .value=${this.days.to} max=${this.today}
      /></label>
      <button class="button small primary">Apply</button>
      ${this.wrong ? html`<p class="field-error" role="alert">${this.wrong}</p>` : nothing}
    </form>`;
  }

  #choose(key) {
    this.editing = false;
    this.wrong = null;
    url.change({range: key === '30d' ? null : key});
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
            ? `Choose at most ${days.LONGEST_RANGE_DAYS} days.`
            : null;
    if (this.wrong) return;
    this.editing = false;
    url.change({range: `${from}..${to}`});
  }
}

customElements.define('range-picker', RangePicker);

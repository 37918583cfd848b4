/** From one day to another, checked before it is asked: the custom range of trends and history, which stands in the address. */
import {CreditElement, html, nothing} from '../element.js';
import * as days from '../days.js';
import {LONGEST_DAYS} from '../range.js';
import * as url from '../url-state.js';

class DayRangeForm extends /** @type {With<DaysProperties>} */ (CreditElement) {
  /** `days`: what the fields begin with; `instead`: what else there is when a range is too long. */
  static properties = {days: {attribute: false}, today: {}, instead: {}, wrong: {state: true}};

  /** @type {Partial<DayRange>} */
  #typed = {}; // what stays, whatever day it becomes meanwhile

  render() {
    /** @param {'from' | 'to'} name @param {string} text */
    const day = (name, text) =>
      html`<label class="field"
        ><span class="field-label">${text}</span
        ><input class="input" type="date" name=${name} required aria-invalid=${this.wrong ? 'true' : nothing} aria-describedby=${this.wrong ? 'day-range-wrong' : nothing} .value=${this.#typed[name] ?? this.days[name] ?? ''} max=${this.today} @input=${event => (this.#typed[name] = event.target.value)}
      /></label>`;
    return html`<form class="dates" novalidate @submit=${this.#apply}>
      ${day('from', 'From')} ${day('to', 'To')}
      <button class="button">Apply</button>
      ${this.wrong ? html`<p class="field-error" id="day-range-wrong" role="alert">${this.wrong}</p>` : nothing}
    </form>`;
  }

  /** @param {Submitted} event */
  async #apply(event) {
    event.preventDefault();
    const [from, to] = ['from', 'to'].map(name => String(new FormData(event.target).get(name)));
    this.wrong = null;
    await this.updateComplete; // the same message is heard again
    this.wrong = this.#whatIsWrong(from, to);
    if (this.wrong) return;
    this.#typed = {};
    url.change({range: `${from}..${to}`, trend: null});
  }

  /** @param {Day} from @param {Day} to */
  #whatIsWrong(from, to) {
    if (!days.isDay(from) || !days.isDay(to)) return 'Choose both dates.';
    if (from > to) return 'The first day must not be after the last.';
    if (days.daysIn(from, to) <= LONGEST_DAYS) return null;
    return `Choose at most ${LONGEST_DAYS} days${this.instead ? `, or ${this.instead}` : ''}.`;
  }
}

customElements.define('day-range', DayRangeForm);

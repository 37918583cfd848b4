/** The balance before the first and after the last entry of a range of days. */
import * as days from '../days.js';
import {html, nothing} from '../element.js';
import * as format from '../format.js';
import {Live} from '../live.js';

export class RangeBalance {
  /** @type {BalancedRange | null} */
  #range = null;

  /**
   * @param {Host} host
   * @param {(parameters: {at?: string}) => Path<Api.Credits>} pathOf of the credits route with parameters
   * @param {() => BalancedRange | null} range null for all time
   */
  constructor(host, pathOf, range) {
    /** @param {Day} day @param {Zone} timeZone */
    const at = (day, timeZone) => pathOf({at: new Date(days.startOfDay(day, timeZone) - 1).toISOString()});
    /** @param {'opening' | 'closing'} which */
    const asked = which => {
      this.#range = range();
      if (!this.#range || this.#range.from > this.#range.today) return null;
      const {from, to, today, timeZone} = this.#range;
      if (which === 'opening') return at(from, timeZone);
      return to >= today ? pathOf({}) : at(days.addDays(to, 1), timeZone);
    };
    this.opening = new Live(host, () => asked('opening'), {quiet: true});
    this.closing = new Live(host, () => asked('closing'), {quiet: true});
  }

  /** @param {boolean} hides whether entries of these days are hidden; balances are of all of them */
  render(hides) {
    if (!this.#range || this.#range.from > this.#range.today) return nothing;
    const {from, to, today, timeZone} = this.#range;
    const problem = this.opening.problem ?? this.closing.problem;
    if (problem) return html`<p class="field-error">The balances of these days cannot be loaded. ${problem.message}</p>`;
    const before = netOf(this.opening.data);
    const after = netOf(this.closing.data);
    return html`<dl class="summary range-balance">
      ${entry(`Opening balance, start of ${format.day(from, timeZone)}`, before, 'opening')}
      ${entry(to >= today ? 'Balance now' : `Closing balance, end of ${format.day(to, timeZone)}`, after, 'closing')}
      <div>
        <dt>Change${hides ? ', hidden entries included' : ''}</dt>
        <dd>${before === null || after === null ? '–' : format.signed(after - before)}</dd>
      </div>
    </dl>`;
  }
}

/** @param {Api.Credits | null} credits */
const netOf = credits => (credits ? credits.remaining - credits.overage : null);

/** @param {string} title @param {number | null} net @param {string} name */
const entry = (title, net, name) =>
  html`<div>
    <dt>${title}</dt>
    <dd data-net=${name}>${net === null ? '…' : net < 0 ? html`<span class="warn">${format.number(-net)} over</span>` : format.number(net)}</dd>
  </div>`;

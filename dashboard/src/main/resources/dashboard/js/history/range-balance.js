/** The balance before the first and after the last entry of a range of days and, of days that are over, what moved it between. */
import * as days from '../days.js';
import {html, nothing} from '../element.js';
import * as format from '../format.js';
import {Live} from '../live.js';
import * as paths from '../paths.js';
import {statementOf} from './statement.js';

const REVERSALS_MAX = 500; // the longest page there is

export class RangeBalance {
  /** @type {BalancedRange | null} */
  #range = null;

  /**
   * @param {Host} host
   * @param {() => string} workspaceId
   * @param {() => BalancedRange | null} range null for all time
   */
  constructor(host, workspaceId, range) {
    /** @param {{at?: string}} parameters */
    const pathOf = parameters => paths.credits(workspaceId(), parameters);
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
    /** The range if all its days are over, so that its numbers stand still. */
    const over = () => {
      const days = range();
      return days && days.to < days.today ? {from: days.from, to: days.to} : null;
    };
    /** @template Answer @param {(days: DayRange) => Path<Answer>} path */
    const ofDays = path => new Live(host, () => ((days => days && path(days))(over())), {quiet: true});
    this.usage = ofDays(days => paths.trends(workspaceId(), {...days, granularity: 'day', groupBy: 'none'}));
    this.reversals = ofDays(days => paths.history(workspaceId(), {...days, kind: 'REVERSED', limit: REVERSALS_MAX}));
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
      ${this.#statement()}
    </dl>`;
  }

  /** What the change is made of; nothing unless it adds up. */
  #statement() {
    const parts = [this.opening, this.closing, this.usage];
    if (!this.#range || !this.opening.data || !this.closing.data || !this.usage.data || parts.some(part => part.loading)) return nothing;
    const {from, to, timeZone} = this.#range;
    const span = {start: days.startOfDay(from, timeZone), end: days.startOfDay(days.addDays(to, 1), timeZone)};
    const statement = statementOf(this.opening.data, this.closing.data, this.usage.data.total, span);
    if (!statement) return nothing;
    const {granted, used, expired, voided} = statement;
    return html`${part('Granted', granted, 'granted')} ${part('Used', -used, 'used')} ${part('Expired unused', -expired, 'expired')}
    ${part('Voided', -voided, 'voided')} ${this.#takenBack()}`;
  }

  #takenBack() {
    const {data} = this.reversals;
    if (!data || data.nextCursor || data.items.length === 0) return nothing;
    const credits = data.items.reduce((sum, item) => sum + (item.reversedCredits ?? 0), 0);
    return html`<div>
      <dt>Taken back in these days</dt>
      <dd>
        <span data-moved="taken-back">${format.number(credits)}</span>
        <span class="delta muted">which counts at the time of the usage</span>
      </dd>
    </div>`;
  }
}

/** @param {string} title @param {number} credits @param {string} name */
const part = (title, credits, name) =>
  html`<div>
    <dt>${title}</dt>
    <dd data-moved=${name}>${format.signed(credits)}</dd>
  </div>`;

/** @param {Api.Credits | null} credits */
const netOf = credits => (credits ? credits.remaining - credits.overage : null);

/** @param {string} title @param {number | null} net @param {string} name */
const entry = (title, net, name) =>
  html`<div>
    <dt>${title}</dt>
    <dd data-net=${name}>${net === null ? '…' : net < 0 ? html`<span class="warn">${format.number(-net)} over</span>` : format.number(net)}</dd>
  </div>`;

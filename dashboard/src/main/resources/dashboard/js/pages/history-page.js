/** Credit History: every movement of the balance, newest first, by day of the workspace's zone. */
import {CreditElement, html, nothing} from '../element.js';
import {announce} from '../announce.js';
import {serverNow} from '../clock.js';
import {CsvDownload, historyFile} from '../csv.js';
import {Live} from '../live.js';
import * as days from '../days.js';
import {focusOn} from '../focus.js';
import * as format from '../format.js';
import * as icons from '../icons.js';
import * as paths from '../paths.js';
import {resolveRange} from '../range.js';
import * as url from '../url-state.js';
import {addressNote, panelFailure, unknownWorkspace} from '../shell/notices.js';
import {entriesText, filterText} from '../history/filter-text.js';
import {historyFilters} from '../history/filters.js';
import {OlderRows} from '../history/older-rows.js';
import {said, starts} from '../forecast-text.js';
import {historyTable} from '../history/history-table.js';
import {RangeBalance} from '../history/range-balance.js';
import {pageHead} from './page-head.js';
import '../history/event-trace.js';

const ROWS = 50;

class HistoryPage extends /** @type {With<PageProperties>} */ (CreditElement) {
  static properties = {
    context: {attribute: false},
    route: {attribute: false},
    workspace: {attribute: false},
  };

  /** @type {string | null} */
  #told = null;

  constructor() {
    super();
    const id = () => this.workspace.workspaceId;
    this.csv = new CsvDownload(this);
    this.credits = new Live(this, () => paths.credits(id()), {quiet: true}); // for the zone and the period
    this.newest = new Live(this, () => (this.#ready() ? paths.history(id(), {...this.filters(), limit: ROWS}) : null));
    this.balances = new RangeBalance(this, id, () => this.#balancedRange());
    this.older = new OlderRows(this, cursor => paths.history(id(), {...this.filters(), limit: ROWS, cursor}));
  }

  zone() {
    return this.credits.data?.timeZone ?? this.workspace.timeZone;
  }

  today() {
    return days.dayOf(serverNow(), this.zone());
  }

  /** The credit period must be known before it can be asked for. */
  #ready() {
    return this.route.range !== 'period' || this.credits.data !== null || this.credits.problem !== null;
  }

  /** Empty for all of it. @returns {Partial<CheckedRange>} */
  range() {
    const period = this.credits.data ? this.credits.data.period : undefined;
    return this.route.range ? resolveRange(this.route.range, this.today(), period, this.zone()) : {};
  }

  #balancedRange() {
    const {from, to} = this.range();
    if (!from || !to || !this.#ready()) return null;
    return {from, to, today: this.today(), timeZone: this.zone()};
  }

  filters() {
    const {from, to} = this.range();
    const {campaign: campaignId, kind, lead: leadId} = this.route;
    return {from, to, campaignId, kind, leadId};
  }

  updated() {
    const end = this.querySelector('.history-end');
    if (end?.hasAttribute('data-nothing-yet')) this.older.more();
    this.#tell();
  }

  /** What a change of filters has come to, for screen readers. */
  #tell() {
    const {data, loading} = this.newest;
    const shown = JSON.stringify(this.filters());
    if (loading || !data || shown === this.#told) return;
    if (this.#told !== null && (data.items.length > 0 || !data.nextCursor))
      announce(`${filterText(this.route, data.items, this.range())}: ${entriesText(data)}.`);
    this.#told = shown;
  }

  render() {
    const {data, problem, loading} = this.newest;
    if (problem?.status === 404) return unknownWorkspace(this.workspace.workspaceId, this.context.config);
    const pages = this.older.follow(data, JSON.stringify([this.workspace.workspaceId, this.filters()]));
    return html` ${pageHead('Credit History', {
      above: html`<a class="back" href=${url.hrefOfTrends()}>${icons.back} Credits</a>`,
      below: html`<p class="muted small zone-line">Days and times in ${format.zone(this.zone())}</p>`,
    })}
      <div class="history-notes">
        <event-trace
          .workspace=${{...this.workspace, timeZone: this.zone()}}
          .event=${this.route.event}
          .grants=${this.credits.data?.grants ?? []}
        ></event-trace>
        <details class="explain">
          <summary>How balances are kept when usage is taken back</summary>
          <p>
            Usage that is taken back counts 0 at its own time, so every balance after it is higher by its credits, and
            the entry that takes it back changes nothing itself. If the grant that the usage drew on has ended since,
            its credits ended with that grant.
          </p>
        </details>
      </div>
      <section class="card" aria-label="Credit history">
        ${historyFilters(this.route, this.workspace, {range: this.range(), today: this.today(), hasPeriod: Boolean(this.credits.data?.period), exporting: this.csv.busy, save: () => this.#save()})}
        ${this.#ready() ? addressNote(this.#wrong()) : nothing} ${this.balances.render(this.#hides())}
        ${this.csv.wrong ? html`<p class="field-error" role="alert">${this.csv.wrong}</p>` : nothing}
        ${
          pages.newRows
            ? html`<p class="callout notice">
                ${icons.info}<span>There is newer activity.</span>
                <button class="button small" @click=${() => this.#toNewest()}>Show it</button>
              </p>`
            : nothing
        }
        ${
          pages.changed
            ? html`<p class="callout notice">
                ${icons.info}<span
                  >Older entries changed while you were reading, so balances further down may not chain.</span
                >
                <button class="button small" @click=${() => this.#toNewest()}>Reload</button>
              </p>`
            : nothing
        }
        ${
          problem && !data
            ? panelFailure(problem, () => this.newest.retry())
            : !data
              ? skeleton
              : pages.rows.length > 0
                ? historyTable(pages.rows, {timeZone: this.zone(), loading, more: pages.more, grants: this.credits.data?.grants ?? [], filtered: this.#hides()})
                : pages.more
                  ? nothing
                  : this.#empty()
        }
        ${this.#end(pages)}
      </section>`;
  }

  /** Whether filters hide entries of the days shown. */
  #hides() {
    return Boolean(this.route.campaign || this.route.kind || this.route.lead);
  }

  #wrong() {
    const {wrong, from, to} = this.range();
    return wrong && from && to ? [{name: 'range', text: `${wrong} Shown instead: ${format.days(from, to)}.`}] : [];
  }

  /** @param {ReturnType<OlderRows['follow']>} pages */
  #end(pages) {
    if (pages.problem) return panelFailure(pages.problem, () => this.#showOlder(), html`<button class="button small" @click=${() => this.#showOlder()}>Try again</button>`);
    if (pages.more)
      return html`<div class="history-end" ?data-nothing-yet=${pages.rows.length === 0}>
        <button class="button" aria-disabled=${pages.loading} @click=${() => this.#showOlder()}>
          ${pages.rows.length === 0 ? 'Looking further back…' : pages.loading ? 'Loading older entries…' : 'Show older entries'}
        </button>
      </div>`;
    return pages.rows.length > ROWS ? html`<p class="muted small history-done" tabindex="-1">That is all of it.</p>` : nothing;
  }

  #empty() {
    const filtered = this.route.range || this.#hides();
    return filtered
      ? html`<div class="empty">
          <p><b>Nothing matches these filters.</b></p>
          ${this.#starts()}
          <button class="button" @click=${() => this.#clear()}>Clear filters</button>
        </div>`
      : html`<div class="empty">
          <p><b>No history yet</b></p>
          ${this.#starts()}
          <p class="muted">Grants, sourced leads and revealed phone numbers will be listed here.</p>
        </div>`;
  }

  /** What is granted for later, which is no entry yet. */
  #starts() {
    const {data} = this.credits;
    const {campaign, lead, kind} = this.route;
    const [next] = data && !campaign && !lead && (!kind || kind === 'GRANTED') ? starts(data) : [];
    return next ? html`<p data-says="starts">${said(next)} That is listed here from then on.</p>` : nothing;
  }

  #clear() {
    this.#focus('history-range select'); // the button goes
    url.change({range: null, trend: null, campaign: null, kind: null, lead: null});
  }

  /** The focus goes on to what the button has brought, unless it is elsewhere by then. */
  async #showOlder() {
    const first = await this.older.more();
    await this.updateComplete;
    const {activeElement} = document;
    if (activeElement !== document.body && !activeElement?.closest('.history-end')) return;
    if (first === null) return this.#focus('.history-done, .panel-failure button');
    focusOn(this.querySelector(`[data-row="${CSS.escape(first)}"] > th`)); // a row has no name of its own
  }

  /** @param {string} selector */
  #focus(selector) {
    /** @type {HTMLElement | null} */ (this.querySelector(selector))?.focus();
  }

  #toNewest() {
    this.older.reset();
    this.newest.retry();
    scrollTo(0, 0);
    this.#focus('h1'); // the button goes
  }

  #save() {
    const {workspaceId} = this.workspace;
    this.csv.save(paths.history(workspaceId, this.filters()), historyFile(workspaceId, this.route, this.range()));
  }
}

const skeleton = html`<div class="skeleton-rows" aria-hidden="true">
    ${Array.from({length: 8}, () => html`<i class="skeleton"></i>`)}
  </div>
  <p class="visually-hidden">Loading the history</p>`;

customElements.define('history-page', HistoryPage);

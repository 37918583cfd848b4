/** Credit History: every movement of the balance, newest first, by day of the workspace's zone. */
import {CreditElement, html, nothing} from '../element.js';
import {announce} from '../announce.js';
import * as api from '../api.js';
import {Live} from '../live.js';
import * as days from '../days.js';
import * as format from '../format.js';
import * as icons from '../icons.js';
import * as paths from '../paths.js';
import * as url from '../url-state.js';
import {panelFailure, unknownWorkspace} from '../shell/notices.js';
import {historyFilters} from '../history/filters.js';
import {OlderRows} from '../history/older-rows.js';
import {historyTable} from '../history/history-table.js';
import {pageHead} from './page-head.js';

const ROWS = 50;

class HistoryPage extends CreditElement {
  static properties = {
    context: {attribute: false},
    route: {attribute: false},
    workspace: {attribute: false},
    exporting: {state: true},
    wrong: {state: true},
  };

  constructor() {
    super();
    const id = () => this.workspace.workspaceId;
    this.credits = new Live(this, () => paths.credits(id()), {quiet: true, everyMs: 60_000}); // for the zone and the period
    this.newest = new Live(this, () => paths.history(id(), {...this.filters(), limit: ROWS}));
    this.older = new OlderRows(this, cursor => paths.history(id(), {...this.filters(), limit: ROWS, cursor}));
    this.ends = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && this.older.more(), {
      rootMargin: '600px',
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.ends.disconnect();
  }

  zone() {
    return this.credits.data?.timeZone ?? this.workspace.timeZone;
  }

  today() {
    return days.dayOf(api.serverNow(), this.zone());
  }

  /** No range means all of it. */
  filters() {
    const range = this.route.range
      ? days.resolveRange(
          this.route.range,
          this.today(),
          this.credits.data?.period ?? null,
          this.zone(),
        )
      : {};
    return {...range, campaignId: this.route.campaign, kind: this.route.kind};
  }

  updated() {
    this.ends.disconnect();
    const end = this.querySelector('.history-end');
    if (end) this.ends.observe(end);
  }

  render() {
    const {data, problem, loading} = this.newest;
    if (problem?.status === 404) return unknownWorkspace(this.workspace.workspaceId, this.context.config);
    const pages = this.older.follow(data, JSON.stringify([this.workspace.workspaceId, this.filters()]));
    return html` ${pageHead('Credit History', {above: html`<a class="back" href=${url.hrefOfPage('settings/credits')}>${icons.back} Credits</a>`})}
      <section class="card" aria-label="Credit history">
        ${historyFilters(this.route, this.workspace, {range: this.filters(), today: this.today(), hasPeriod: Boolean(this.credits.data?.period), exporting: this.exporting, save: () => this.#save()})}
        ${this.wrong ? html`<p class="field-error" role="alert">${this.wrong}</p>` : nothing}
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
              : pages.rows.length === 0
                ? this.#empty()
                : historyTable(pages.rows, this.zone(), loading)
        }
        ${this.#end(pages)}
      </section>
      <p class="muted small zone-line">Days and times in ${format.zone(this.zone())}</p>`;
  }

  #end(pages) {
    if (pages.problem) return panelFailure(pages.problem, () => this.older.more());
    if (pages.more)
      return html`<div class="history-end">
        <button class="button" ?disabled=${pages.loading} @click=${() => this.older.more()}>
          ${pages.loading ? 'Loading older entries…' : 'Show older entries'}
        </button>
      </div>`;
    return pages.rows.length > ROWS ? html`<p class="muted small history-done">That is all of it.</p>` : nothing;
  }

  #empty() {
    const filtered = this.route.range || this.route.campaign || this.route.kind;
    return filtered
      ? html`<div class="empty">
          <p><b>Nothing matches these filters.</b></p>
          <button class="button" @click=${() => url.change({range: null, campaign: null, kind: null})}>
            Clear filters
          </button>
        </div>`
      : html`<div class="empty">
          <p><b>No history yet</b></p>
          <p class="muted">Grants, sourced leads and revealed phone numbers will be listed here.</p>
        </div>`;
  }

  #toNewest() {
    this.older.reset();
    this.newest.retry();
    scrollTo(0, 0);
  }

  async #save() {
    this.exporting = true;
    this.wrong = null;
    try {
      const {from = 'all', to = ''} = this.filters();
      await api.download(
        paths.history(this.workspace.workspaceId, this.filters()),
        'text/csv',
        `credit-history-${this.workspace.workspaceId}-${[from, to].filter(Boolean).join('-')}.csv`,
      );
      announce('The CSV file is ready.');
    } catch (problem) {
      this.wrong = `The CSV file could not be made. ${problem.message}`;
    } finally {
      this.exporting = false;
    }
  }
}

const skeleton = html`<div class="skeleton-rows" aria-hidden="true">
    ${Array.from({length: 8}, () => html`<i class="skeleton"></i>`)}
  </div>
  <p class="visually-hidden">Loading the history</p>`;

customElements.define('history-page', HistoryPage);

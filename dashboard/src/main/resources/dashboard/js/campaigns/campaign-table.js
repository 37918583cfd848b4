/** Campaigns as a table: searched, filtered, sorted and paged by the server. `layout`: spend (landing page) or usage (Credits tab). */
import {DEFAULT_SORT, SORTS} from '../address.js';
import {announce} from '../announce.js';
import {serverNow} from '../clock.js';
import {CsvDownload, campaignsFile} from '../csv.js';
import {csvButton} from '../csv-button.js';
import {withLocalTimes} from '../csv-table.js';
import {dayOf} from '../days.js';
import {CreditElement, html, nothing} from '../element.js';
import {Live} from '../live.js';
import * as format from '../format.js';
import * as icons from '../icons.js';
import {twins} from '../names.js';
import {pager} from '../pager.js';
import * as paths from '../paths.js';
import * as url from '../url-state.js';
import {STATUS} from '../labels.js';
import {panelFailure} from '../shell/notices.js';
import {columnsOf} from './columns.js';

const SEARCH_PAUSE_MS = 250;
/** Columns of the CSV file that get the workspace's local time beside them. */
const LOCAL_TIMES = {
  quotaReachedAt: 'localQuotaReachedAt',
  startsAt: 'localStartsAt',
  endsAt: 'localEndsAt',
  lastActivityAt: 'localLastActivityAt',
};

class CampaignTable extends /** @type {With<TableProperties>} */ (CreditElement) {
  /** `workspace`: with its credit `period` (null for none, undefined while it is not known). */
  static properties = {
    layout: {},
    rows: {attribute: false},
    workspace: {attribute: false},
    route: {attribute: false},
    cursors: {state: true},
    text: {state: true},
  };

  #searchTimer = 0;
  /** @type {string | null} */
  #asked = null;
  /** @type {string | null} */
  #searched = null; // as the address had it last
  /** @type {string | null} */
  #told = null; // the answer that screen readers heard of last

  constructor() {
    super();
    this.rows = 25;
    this.isTurned = false;
    /** @type {(string | null)[]} */
    this.cursors = []; // one per page turned; the last is the present page's
    this.csv = new CsvDownload(this);
    this.live = new Live(this, () => paths.campaigns(this.workspace.workspaceId, {...this.#query(), limit: this.rows, cursor: this.cursors.at(-1)}));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#searchTimer); // the next page has an address of its own
  }

  /** @param {Changed} changed */
  willUpdate(changed) {
    if (!changed.has('route') && !changed.has('workspace')) return;
    const before = /** @type {Workspace | undefined} */ (changed.get('workspace'));
    if (before && before.workspaceId !== this.workspace.workspaceId) this.#told = null; // that is said for itself
    const asked = JSON.stringify([this.workspace.workspaceId, this.#query()]);
    if (this.#asked !== null && this.#asked !== asked) this.cursors = [];
    this.#asked = asked;
    const search = this.route.q ?? '';
    if (search === this.#searched) return;
    this.#searched = search;
    if (this.text?.trim() !== search) this.text = search; // else it is what was typed, blanks and all
  }

  #query() {
    const {q, status, sort} = this.route;
    return {search: q, status, sort};
  }

  updated() {
    const {data, problem, loading} = this.live;
    if (problem?.status === 404) this.dispatchEvent(new Event('unknown-workspace'));
    const shown = JSON.stringify([this.#asked, this.cursors.length]);
    if (loading || !data || shown === this.#told) return;
    if (this.#told !== null) announce(this.#result(data));
    this.#told = shown;
  }

  /** @param {Api.CampaignPage} page */
  #result({items, nextCursor}) {
    const rows = items.length === 0 ? 'No campaign matches' : format.counted(items.length, 'campaign');
    const page = this.cursors.length > 0 ? `, page ${format.number(this.cursors.length + 1)}` : '';
    return `${this.#filterText()}${rows}${page}${nextCursor ? ', more follow' : ''}, ${sortText(this.#sort())}.`;
  }

  /** `“webinar”, Paused: `; nothing if all campaigns are listed. */
  #filterText() {
    const {q, status} = this.route;
    const parts = [q && `“${q}”`, status && STATUS[/** @type {keyof typeof STATUS} */ (status)]].filter(Boolean);
    return parts.length === 0 ? '' : `${parts.join(', ')}: `;
  }

  render() {
    const {data, problem, loading} = this.live;
    return html` ${this.#toolbar()}
    ${this.csv.wrong ? html`<p class="field-error" role="alert">${this.csv.wrong}</p>` : nothing}
    ${
      problem && !data
        ? panelFailure(problem, () => this.live.retry())
        : !data
          ? skeleton(this.layout)
          : data.items.length === 0 && !data.nextCursor
            ? this.#empty()
            : this.#table(data.items, loading)
    }
    ${this.#pager(data)}`;
  }

  #toolbar() {
    return html`<div class="toolbar" role="search">
      <label class="field grow"
        ><span class="visually-hidden">Search campaigns</span>
        <input
          class="input"
          type="search"
          placeholder="Search by name or id"
          .value=${this.text ?? ''}
          @input=${event => this.#typed(event.target.value)}
          @change=${() => this.#search()}
      /></label>
      <label class="field"
        ><span class="visually-hidden">Status</span>
        <select class="select" @change=${event => url.change({status: event.target.value})}>
          <option value="" .selected=${!this.route.status}>All statuses</option>
          ${Object.entries(STATUS).map(([code, text]) => html`<option value=${code} .selected=${this.route.status === code}>${text}</option>`)}
        </select></label
      >
      ${csvButton('these campaigns', {busy: this.csv.busy, save: () => this.#save()})}
    </div>`;
  }

  /** @param {string} text */
  #typed(text) {
    this.text = text;
    clearTimeout(this.#searchTimer);
    this.#searchTimer = setTimeout(() => this.#search(), SEARCH_PAUSE_MS);
  }

  #search() {
    clearTimeout(this.#searchTimer);
    url.change({q: this.text?.trim()}, {replace: true});
  }

  #save() {
    const {workspaceId, timeZone} = this.workspace;
    const name = campaignsFile(workspaceId, this.route, dayOf(serverNow(), timeZone));
    this.csv.save(paths.campaigns(workspaceId, this.#query()), name, rows => withLocalTimes(rows, LOCAL_TIMES, timeZone));
  }

  /** @param {Api.Campaign[]} items @param {boolean} loading */
  #table(items, loading) {
    const columns = columnsOf(this.layout);
    const ids = twins(items.map(({campaignId: id, name}) => ({id, name})));
    return html`<table class="table stacked" role="table" aria-busy=${loading}>
      <caption class="visually-hidden">
        ${`Campaigns${this.route.q ? ` matching ${this.route.q}` : ''}, ${sortText(this.#sort())}`}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map(column => this.#heading(column))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${items.map(
          item =>
            html`<tr role="row" data-campaign=${item.campaignId}>
              ${columns.map(column =>
                column.head
                  ? html`<th role="rowheader" scope="row">${column.cell(item, this.workspace, ids)}</th>`
                  : html`<td role="cell" class=${column.kind ?? ''} data-label=${column.title}>
                      ${column.cell(item, this.workspace)}
                    </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** @param {Column} column */
  #heading(column) {
    const sort = this.#sort();
    const field = sort.replace('-', '');
    if (!column.sort) return html`<th role="columnheader" scope="col" class=${column.kind ?? ''}>${column.title}</th>`;
    const mine = field === column.sort;
    const descending = sort.startsWith('-');
    return html`<th
      role="columnheader"
      scope="col"
      class=${column.kind ?? ''}
      aria-sort=${mine ? (descending ? 'descending' : 'ascending') : nothing}
    >
      <button class="sort" @click=${() => this.#sortBy(column, mine, descending)}>
        ${column.title}<span class="sort-mark" aria-hidden="true">${mine ? (descending ? '↓' : '↑') : '↕'}</span>
      </button>
    </th>`;
  }

  #sort() {
    return this.route.sort ?? DEFAULT_SORT;
  }

  /** @param {Column} column @param {boolean} mine @param {boolean} descending */
  #sortBy(column, mine, descending) {
    const down = mine ? !descending : column.sort !== 'name';
    const sort = (down ? '-' : '') + column.sort;
    url.change({sort: sort === DEFAULT_SORT ? null : sort});
  }

  #empty() {
    if (this.route.q || this.route.status) {
      return html`<div class="empty">
        <p><b>No campaign matches.</b></p>
        <button class="button" @click=${() => this.#clear()}>Clear search and filter</button>
      </div>`;
    }
    return html`<div class="empty">
      ${icons.campaigns}
      <p><b>No campaigns yet</b></p>
      <p class="muted">
        Create a campaign and source its first leads: it appears here within seconds, with what it spends.
      </p>
    </div>`;
  }

  #clear() {
    /** @type {HTMLElement | null} */ (this.querySelector('input[type=search]'))?.focus(); // the button goes
    url.change({q: null, status: null});
  }

  /** @param {Api.CampaignPage | null} data */
  #pager(data) {
    const page = this.cursors.length;
    if (!data) return nothing;
    const first = page * this.rows + 1;
    const last = first + Math.max(0, data.items.length - 1);
    return pager({
      label: 'Pages of campaigns',
      texts: ['Previous', 'Next'],
      cursors: this.cursors,
      nextCursor: data.nextCursor,
      isTurning: this.isTurned && this.live.loading,
      turn: cursors => this.#turn(cursors),
      where: html`<span class="muted">Rows ${format.number(first)}–${format.number(last)}</span>`,
    });
  }

  /** @param {(string | null)[]} cursors */
  #turn(cursors) {
    this.cursors = cursors;
    this.isTurned = true;
    this.scrollIntoView({
      block: 'start',
      behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
    });
  }
}

/** @param {string} sort */
const sortText = sort =>
  `sorted by ${SORTS[/** @type {keyof typeof SORTS} */ (sort.replace('-', ''))]}, ${sort.startsWith('-') ? 'descending' : 'ascending'}`;

/** @param {string} layout */
const skeleton = layout =>
  html`<div class="skeleton-rows ${layout}" aria-hidden="true">
      ${Array.from({length: 6}, () => html`<i class="skeleton"></i>`)}
    </div>
    <p class="visually-hidden">Loading campaigns</p>`;

customElements.define('campaign-table', CampaignTable);

/** Operations: how far the pipeline is behind, partition by partition, and what it had to reject. */
import {CreditElement, html, nothing} from '../element.js';
import {LagTrend, changeText} from '../lag-trend.js';
import {Live} from '../live.js';
import * as format from '../format.js';
import * as icons from '../icons.js';
import {rejectedFilters} from '../operations-filters.js';
import {pager} from '../pager.js';
import * as paths from '../paths.js';
import {REJECTION} from '../labels.js';
import {panelFailure} from '../shell/notices.js';
import {pageHead} from './page-head.js';

const ROWS = 50;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

class OperationsPage extends /** @type {With<OperationsProperties>} */ (CreditElement) {
  static properties = {route: {attribute: false}, cursors: {state: true}, quietToo: {state: true}};

  constructor() {
    super();
    /** @type {Partial<Route>} */
    this.route = {};
    /** @type {(string | null)[]} */
    this.cursors = [];
    this.isTurned = false;
    this.lag = new Live(this, paths.lag);
    this.health = new Live(this, paths.health, {quiet: true}); // of the instance that answers
    this.trend = new LagTrend();
    this.rejected = new Live(this, () => paths.rejected({...this.#filters(), limit: ROWS, cursor: this.cursors.at(-1)}));
  }

  /** Another selection begins with its newest. @param {Changed} changed */
  willUpdate(changed) {
    if (changed.has('route')) this.cursors = [];
  }

  #filters() {
    const {reason, topic, key: workspaceId, event: eventId} = this.route;
    return {reason, topic, workspaceId, eventId};
  }

  render() {
    return html`${pageHead('Operations')}
      <section class="card" aria-labelledby="lag-title">
        <header class="card-head"><h2 id="lag-title">Processing</h2></header>
        ${shown(this.lag, data => this.#lagOf(data))}
      </section>
      <section class="card" aria-labelledby="rejected-title">
        <header class="card-head wrap">
          <h2 id="rejected-title">Rejected events</h2>
          <p class="muted small">Times in ${format.zone(zone)}</p>
        </header>
        ${rejectedFilters(this.route)}
        ${this.route.reason ? html`<p class="callout notice">${icons.info}<span><b>${this.route.reason}</b>: ${REJECTION[this.route.reason].is}. ${REJECTION[this.route.reason].next}</span></p>` : nothing}
        ${shown(this.rejected, data => this.#rejectedOf(data))}
      </section>
      ${this.health.data?.version ? html`<p class="muted small" data-version>Creditflow ${this.health.data.version}</p>` : nothing}`;
  }

  /** @param {Api.Lag} data */
  #lagOf(data) {
    this.trend.note(data.partitions);
    const late = data.partitions.filter(partition => (partition.lag ?? 0) > 0 || partition.status !== 'OK');
    const unknown = data.partitions.filter(partition => partition.lag === null).length;
    const listed = this.quietToo ? data.partitions : late;
    return html`<dl class="summary">
        <div>
          <dt>State</dt>
          <dd class="small">${status(data.status)}</dd>
          ${MEANS[data.status] ? html`<dd class="delta">${MEANS[data.status]}</dd>` : nothing}
        </div>
        <div>
          <dt>Most behind</dt>
          <dd data-lag=${data.maxLag}>${format.counted(data.maxLag, 'record')}</dd>
          ${unknown > 0 ? html`<dd class="delta">and ${format.counted(unknown, 'partition')} of which it is not known</dd>` : nothing}
        </div>
        <div>
          <dt>Oldest waiting</dt>
          <dd>${data.maxLagSeconds === null ? '–' : `${format.number(data.maxLagSeconds)} s`}</dd>
        </div>
        ${this.health.data ? selfCheck(this.health.data) : nothing}
        <div>
          <dt>Group</dt>
          <dd class="small"><bdi>${data.group}</bdi></dd>
        </div>
      </dl>
      ${listed.length === 0 ? html`<p class="all-well">${icons.check} All ${format.number(data.partitions.length)} partitions are caught up.</p>` : partitions(listed, this.trend)}
      <button
        class="button small"
        aria-expanded=${Boolean(this.quietToo)}
        @click=${() => (this.quietToo = !this.quietToo)}
      >
        ${this.quietToo ? 'Only those behind' : `All ${format.number(data.partitions.length)} partitions`}
      </button>`;
  }

  /** @param {Api.RejectedPage} data */
  #rejectedOf(data) {
    const isFiltered = Object.values(this.#filters()).some(Boolean);
    if (data.items.length === 0 && !data.nextCursor && this.cursors.length === 0)
      return isFiltered
        ? html`<p class="muted">Nothing that was rejected matches.</p>`
        : html`<p class="all-well">${icons.check} Nothing was rejected.</p>`;
    return html`${data.items.length === 0 ? html`<p class="muted">Nothing among these. ${data.nextCursor ? 'Look further back.' : 'There are no older ones.'}</p>` : rejections(data.items)}
      ${this.#pager(data)}`;
  }

  /** @param {(string | null)[]} cursors */
  #turn(cursors) {
    this.cursors = cursors;
    this.isTurned = true;
  }

  /** @param {Api.RejectedPage} data */
  #pager(data) {
    return pager({
      label: 'Pages of rejected events',
      texts: ['Newer', 'Older'],
      cursors: this.cursors,
      nextCursor: data.nextCursor,
      isTurning: this.isTurned && this.rejected.loading,
      turn: cursors => this.#turn(cursors),
    });
  }
}

/** @param {Api.Rejected[]} items */
const rejections = items =>
  html`<div class="table-scroll" tabindex="0" role="region" aria-label="List of rejected events">
    <table class="table dense">
      <caption class="visually-hidden">
        Rejected events, newest first
      </caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Reason</th>
          <th scope="col">Where</th>
          <th scope="col">Workspace and event</th>
          <th scope="col">Detail</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          item =>
            html`<tr>
              <td>${item.at ? html`<time datetime=${item.at}>${format.moment(item.at, zone)}</time>` : '–'}</td>
              <td>
                <span class="badge level-warning">${item.reason}</span>
                <div class="muted small">${REJECTION[item.reason ?? '']?.is}</div>
              </td>
              <td class="mono">${item.topic === null ? '–' : `${item.topic}-${item.partition} @ ${item.offset}`}</td>
              <td class="mono"><bdi>${item.workspaceId ?? '–'}</bdi><br /><bdi>${item.eventId ?? '–'}</bdi></td>
              <td class="detail"><bdi>${item.detail}</bdi></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

/** What an instance says of the records on its partitions: each was received, or how many were not. @param {Api.Health} health */
function selfCheck({instance, partitionsOwned, unreceived}) {
  if (!unreceived || partitionsOwned === undefined) return nothing;
  const missing = Object.entries(unreceived);
  const records = missing.reduce((sum, [, count]) => sum + count, 0);
  const where = missing.map(([place]) => place).join(', ');
  return html`<div>
    <dt>Self-check</dt>
    <dd class="small" data-unreceived=${records}>
      <span class="badge level-${missing.length === 0 ? 'recovered' : 'critical'}"
        >${missing.length === 0 ? 'Every record received' : `${format.counted(records, 'record')} not received`}</span
      >
    </dd>
    <dd class="delta">
      ${missing.length === 0 ? `on ${format.counted(partitionsOwned, 'partition')}` : `of ${where}: runbook CreditflowEventsMissing`},
      by <bdi>${instance}</bdi>
    </dd>
  </div>`;
}

/** @type {{[status in Api.Lag['status']]?: string}} */
const MEANS = {
  WARN: 'The lag grows although commits go on.',
  REWIND: 'A committed offset went back.',
  STALLED: 'An instance holds a partition but commits nothing.',
  STOPPED: 'No instance holds a partition.',
  NO_LEADER: 'No broker leads a partition.',
};
/** @type {{[status in Api.Lag['status']]?: string}} */
const LEVELS = {OK: 'recovered', WARN: 'warning'};
/** @param {Api.Lag['status']} text */
const status = text => html`<span class="badge level-${LEVELS[text] ?? 'critical'}">${text}</span>`;

/** @type {<Answer>(live: Live<Answer>, body: (data: Answer) => Template) => Template} */
const shown = (live, body) =>
  live.data
    ? body(live.data)
    : live.problem
      ? panelFailure(live.problem, () => live.retry())
      : html`<div class="skeleton-rows" aria-hidden="true"><i class="skeleton"></i><i class="skeleton"></i></div>`;

/** @param {number | null} value */
const offset = value => (value === null ? '–' : format.number(value));

/** @param {Api.PartitionLag[]} rows @param {LagTrend} trend */
const partitions = (rows, trend) =>
  html`<div class="table-scroll" tabindex="0" role="region" aria-label="Table of partitions">
    <table class="table dense">
      <caption class="visually-hidden">
        Partitions and how far behind they are
      </caption>
      <thead>
        <tr>
          <th scope="col">Topic</th>
          <th scope="col" class="number">Partition</th>
          <th scope="col" class="number">Behind</th>
          <th scope="col" class="number">Seconds</th>
          <th scope="col">Last minute</th>
          <th scope="col" class="number">Committed</th>
          <th scope="col" class="number">End</th>
          <th scope="col">Status</th>
          <th scope="col">Owner</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          row =>
            html`<tr>
              <th scope="row" class="mono">${row.topic}</th>
              <td class="number">${row.partition}</td>
              <td class="number strong">${offset(row.lag)}</td>
              <td class="number">${row.lagSeconds === null ? '–' : format.number(row.lagSeconds)}</td>
              <td>${changeText(trend.of(row))}</td>
              <td class="number">${offset(row.committedOffset)}</td>
              <td class="number">${offset(row.endOffset)}</td>
              <td>${status(row.status)}</td>
              <td class="mono"><bdi>${row.owner ?? '–'}</bdi></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

customElements.define('operations-page', OperationsPage);

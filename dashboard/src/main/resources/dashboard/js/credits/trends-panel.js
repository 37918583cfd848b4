/** Credit Usage Trends: the chart or its table, with range, grouping, comparison, hours, balance and CSV. All of it stands in the address. */
import {CreditElement, html, nothing} from '../element.js';
import {spikes} from '../alerts.js';
import {serverNow} from '../api.js';
import {Live} from '../live.js';
import * as days from '../days.js';
import * as format from '../format.js';
import * as paths from '../paths.js';
import {legend} from '../chart/legend.js';
import {chartModel} from '../chart/model.js';
import {saveUsage, usageTable} from '../chart/usage-table.js';
import {panelFailure} from '../shell/notices.js';
import {trendsControls} from './trends-controls.js';
import '../chart/usage-chart.js';
import './range-picker.js';

class TrendsPanel extends CreditElement {
  static properties = {
    route: {attribute: false},
    workspace: {attribute: false},
    ready: {attribute: false},
    period: {attribute: false},
    alerts: {attribute: false},
  };

  constructor() {
    super();
    const path = (range, groupBy) =>
      paths.trends(this.workspace.workspaceId, {...range, granularity: this.#granularity(), groupBy});
    this.present = new Live(this, () => (this.ready ? path(this.range(), this.groupBy()) : null));
    this.before = new Live(
      this,
      () => (this.ready && this.route.compare ? path(days.previousRange(this.range()), 'none') : null),
      {quiet: true},
    );
    this.balance = new Live(
      this,
      () => (this.ready && this.route.balance && this.groupBy() !== 'none' ? path(this.range(), 'none') : null),
      {quiet: true},
    );
  }

  today() {
    return days.dayOf(serverNow(), this.workspace.timeZone);
  }

  range() {
    return days.resolveRange(this.route.range, this.today(), this.period, this.workspace.timeZone);
  }

  groupBy() {
    return ['campaign', 'kind', 'source'].includes(this.route.by) ? this.route.by : 'none';
  }

  hours() {
    return Boolean(this.route.hours) && days.hoursAllowed(this.range(), this.today());
  }

  #granularity() {
    return this.hours() ? 'hour' : 'day';
  }

  render() {
    const {data, problem, loading} = this.present;
    return html` <header class="card-head wrap">
        <h2 id="trends-title">Credit Usage Trends</h2>
        <range-picker
          .range=${this.route.range ?? '30d'}
          .days=${this.range()}
          .today=${this.today()}
          .hasPeriod=${this.period !== null}
        ></range-picker>
      </header>
      ${problem && !data ? panelFailure(problem, () => this.present.retry()) : !data ? skeleton : this.#shown(data, loading)}`;
  }

  #shown(data, loading) {
    const fits = answer => answer && answer.granularity === data.granularity;
    const balance = !this.route.balance ? null : data.groupBy === 'none' ? data : this.balance.data;
    const key = [data, this.before.data, balance, this.alerts, this.route.compare];
    if (!this.modelKey || key.some((part, index) => part !== this.modelKey[index])) {
      this.modelKey = key;
      this.model = chartModel(data, {
        previous: this.route.compare && fits(this.before.data) ? this.before.data : null,
        balance: fits(balance) ? balance : null,
        spikes: spikes(this.alerts),
      });
    }
    const {model} = this;
    const title = `Credits used per ${data.granularity}, ${format.days(data.from, data.to)}`;
    return html`<div class="trends-body" aria-busy=${loading}>
      ${this.#summary(data, model)}
      ${trendsControls(this.route, {
        hoursAllowed: days.hoursAllowed(this.range(), this.today()),
        shortRange: days.isShort(this.range()),
        save: () => saveUsage(`credit-usage-${this.workspace.workspaceId}-${data.from}-${data.to}.csv`, data, model),
      })}
      ${
        this.route.view === 'table'
          ? usageTable(data, model, title)
          : html` <div class="chart-area">
                <usage-chart
                  class=${model.hasBalance ? 'with-balance' : ''}
                  .model=${model}
                  .label=${`${title}. Use the arrow keys to read each ${data.granularity}.`}
                ></usage-chart>
                ${data.total === 0 ? html`<p class="chart-empty">No credits were used in these days.</p>` : nothing}
              </div>
              ${legend(model)}`
      }
      <p class="muted small zone-line">
        ${data.granularity === 'day' ? 'Days' : 'Hours'} in ${format.zone(data.timeZone)}
      </p>
    </div>`;
  }

  #summary(data, model) {
    const average = data.total / Math.max(1, days.daysIn(data.from, data.to));
    return html`<dl class="summary">
      <div>
        <dt>Credits used</dt>
        <dd><span data-total=${data.total}>${format.number(data.total)}</span> ${delta(model)}</dd>
      </div>
      <div>
        <dt>Leads sourced</dt>
        <dd>${format.number(model.leads)}</dd>
      </div>
      <div>
        <dt>Phones revealed</dt>
        <dd>${format.number(model.phones)}</dd>
      </div>
      <div>
        <dt>A day on average</dt>
        <dd>${format.decimal(average)}</dd>
      </div>
    </dl>`;
  }
}

function delta({total, previousTotal}) {
  if (previousTotal === null) return nothing;
  if (previousTotal === 0) return html`<span class="delta">none before</span>`;
  const times = total / previousTotal;
  return html`<span class="delta"
    >${times < 10 ? format.signedPercent(times - 1) : `×${format.number(Math.round(times))}`}
    <span class="muted">from ${format.number(previousTotal)}</span></span
  >`;
}

const skeleton = html`<div class="skeleton-chart" aria-hidden="true"><i class="skeleton"></i></div>
  <p class="visually-hidden">Loading the chart</p>`;

customElements.define('trends-panel', TrendsPanel);

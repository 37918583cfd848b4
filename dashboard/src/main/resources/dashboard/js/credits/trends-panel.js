/** Credit Usage Trends: the chart or its table, with range, grouping, comparison, hours, balance and CSV. All of it stands in the address. */
import {CreditElement, html, nothing} from '../element.js';
import {spikes} from '../alerts.js';
import {announce} from '../announce.js';
import {serverNow} from '../clock.js';
import {CsvDownload, fileName, rowsOf} from '../csv.js';
import {withLocalTimes, withPrevious} from '../csv-table.js';
import {Live} from '../live.js';
import * as days from '../days.js';
import * as format from '../format.js';
import {GROUP} from '../labels.js';
import * as paths from '../paths.js';
import {previousRange, resolveRange, whyNotByHour} from '../range.js';
import * as url from '../url-state.js';
import {dailyAverage, dailyPoints} from '../chart/comparison.js';
import {legend} from '../chart/legend.js';
import {chartModel, dayOfBucket} from '../chart/model.js';
import {hasOverage} from '../chart/overage.js';
import {usageTable} from '../chart/usage-table.js';
import {addressNote, panelFailure, tryAgain} from '../shell/notices.js';
import {trendsControls} from './trends-controls.js';
import {announcement, averageText, comparisonText, periodText} from './trends-text.js';
import '../chart/usage-chart.js';
import './range-picker.js';

/** Zones are whole quarters of an hour apart, so a day or an hour ends with one of these. */
const QUARTER_HOUR_MS = 900_000;
/** @type {Api.Grant[]} */
const NO_GRANTS = [];
/** @type {Api.HistoryRow[]} */
const NO_ROWS = [];
const VOIDS_MAX = 500; // the longest page there is

class TrendsPanel extends /** @type {With<TrendsProperties>} */ (CreditElement) {
  /** `credits`: the balance, null while it is not known; `ready`: it has been answered or has failed. */
  static properties = {
    route: {attribute: false},
    workspace: {attribute: false},
    ready: {attribute: false},
    credits: {attribute: false},
    alerts: {attribute: false},
  };

  /** @type {Told | null} */
  #told = null;
  /** @type {unknown[]} */
  #modelKey = [];
  /** @type {Model | null} */
  #model = null;

  constructor() {
    super();
    this.csv = new CsvDownload(this);
    /** @param {DayRange} range @param {string} groupBy */
    const path = (range, groupBy) => (this.ready ? this.#path(range, groupBy) : null);
    this.present = new Live(this, () => path(this.range(), this.groupBy()));
    this.earlier = new Live(this, () => (this.#mayCompare() ? path(this.#before(this.range(), this.#granularity()), 'none') : null), {quiet: true});
    this.balance = new Live(this, () => (this.route.balance && this.groupBy() !== 'none' ? path(this.range(), 'none') : null), {
      quiet: true,
    });
    this.voids = new Live(this, () => (this.#mayShowVoids() ? paths.history(this.workspace.workspaceId, {from: this.range().from, to: this.range().to, kind: 'VOIDED', limit: VOIDS_MAX}) : null), {
      quiet: true,
    });
  }

  /** When a grant was voided stands in the history alone. */
  #mayShowVoids() {
    return Boolean(this.ready && this.route.balance && this.credits?.grants.some(({status}) => status === 'VOIDED'));
  }

  /** @param {DayRange} range @param {string} groupBy */
  #path({from, to}, groupBy) {
    return paths.trends(this.workspace.workspaceId, {from, to, granularity: this.#granularity(), groupBy});
  }

  today() {
    return days.dayOf(serverNow(), this.workspace.timeZone);
  }

  range() {
    return resolveRange(this.route.range, this.today(), this.credits ? this.credits.period : undefined, this.workspace.timeZone);
  }

  groupBy() {
    return this.route.by ?? 'none';
  }

  /** Hours when they are asked for, and of a single day unless days are. */
  #byHour() {
    const {from, to} = this.range();
    const wanted = this.route.hours === '1' || (from === to && this.route.hours !== '0');
    return wanted && whyNotByHour(this.range(), this.today()) === null;
  }

  #granularity() {
    return this.#byHour() ? 'hour' : 'day';
  }

  /** The range that another is compared with. @param {DayRange} range @param {Granularity} granularity */
  #before(range, granularity) {
    return previousRange(range, this.route.range, granularity);
  }

  /** Why there is nothing to compare with, or null. */
  #whyNotCompared() {
    const why = this.#byHour() ? whyNotByHour(this.#before(this.range(), 'hour'), this.today()) : null;
    return why && `Hours are kept for ${why}, so the period before cannot be compared by the hour.`;
  }

  #mayCompare() {
    return Boolean(this.route.compare) && this.#whyNotCompared() === null;
  }

  updated() {
    const {data, loading} = this.present;
    if (loading || !data || !this.#model) return;
    const comparison = this.route.compare ? this.#comparison(this.#model) : null;
    const waits = (this.route.compare && comparison === null) || (this.route.balance && !this.#model.hasBalance && this.balance.loading);
    if (waits) return;
    const {from, to, granularity, groupBy, total} = data;
    const now = {from, to, granularity, groupBy, total, balance: Boolean(this.route.balance), compared: Boolean(this.route.compare), comparison};
    const text = this.#told ? announcement(this.#told, now) : '';
    if (text) announce(text);
    this.#told = now;
  }

  render() {
    const {data, problem, loading} = this.present;
    const period = this.credits?.period ?? null;
    return html` <header class="card-head wrap">
        <div>
          <h2 id="trends-title">Credit Usage Trends</h2>
          ${data ? html`<p class="muted small range-days">${format.days(data.from, data.to)}</p>` : nothing}
          ${this.route.range === 'period' && period ? html`<p class="muted small">${periodText(period, this.workspace.timeZone)}</p>` : nothing}
        </div>
        <range-picker
          .range=${this.route.range ?? '30d'}
          .days=${this.range()}
          .today=${this.today()}
          .hasPeriod=${period !== null}
          .periodText=${period ? periodText(period, this.workspace.timeZone) : ''}
        ></range-picker>
      </header>
      ${this.ready ? addressNote(this.#wrong()) : nothing}
      ${problem && !data ? panelFailure(problem, () => this.present.retry()) : !data ? skeleton : this.#shown(data, loading)}`;
  }

  /** What of the address this panel cannot show. @returns {Note[]} */
  #wrong() {
    const {wrong, from, to} = this.range();
    const notes = wrong ? [{name: 'range', text: `${wrong} Shown instead: ${format.days(from, to)}.`}] : [];
    const why = this.route.hours === '1' ? whyNotByHour(this.range(), this.today()) : null;
    if (why) notes.push({name: 'hours', text: `By the hour: ${why}. Shown instead: days.`});
    return notes;
  }

  /** @param {Api.Trends} data @param {boolean} loading */
  #shown(data, loading) {
    /** @param {Api.Trends | null} answer */
    const fits = answer => (answer?.granularity === data.granularity ? answer : null);
    const balance = !this.route.balance ? null : data.groupBy === 'none' ? data : this.balance.data;
    const earlier = this.#mayCompare() ? fits(this.earlier.data) : null;
    const {from, to} = this.#before(data, data.granularity);
    const before = earlier?.from === from && earlier.to === to ? earlier : null;
    const grants = this.credits?.grants ?? NO_GRANTS;
    const voids = this.voids.data?.items ?? NO_ROWS;
    const net = this.credits ? this.credits.remaining - this.credits.overage : null;
    const key = [data, before, balance, this.alerts, grants, voids, net, Math.floor(serverNow() / QUARTER_HOUR_MS)];
    if (!this.#model || key.some((part, index) => part !== this.#modelKey[index])) {
      this.#modelKey = key;
      this.#model = chartModel(data, serverNow(), {
        previous: before,
        balance: fits(balance),
        spikes: spikes(this.alerts),
        grants,
        voids,
        net,
      });
    }
    const model = this.#model;
    const oneDay = data.from === data.to;
    const title = `Credits used per ${data.granularity}, ${format.days(data.from, data.to)}`;
    return html`<div class="trends-body" aria-busy=${loading}>
      ${this.#summary(data, model)}
      ${trendsControls(this.route, {
        byHour: this.#byHour(),
        whyNotByHour: whyNotByHour(this.range(), this.today()),
        busy: this.csv.busy,
        save: () => this.#save(data, model),
      })}
      ${this.csv.wrong ? html`<p class="field-error" role="alert">${this.csv.wrong}</p>` : nothing}
      ${this.route.balance && this.balance.problem ? html`<p class="field-error">The balance cannot be loaded. ${this.balance.problem.message}</p>` : nothing}
      ${
        this.route.view === 'table'
          ? usageTable(data, model, title)
          : html` <div class="chart-area">
                <usage-chart
                  class=${model.hasBalance ? 'with-balance' : ''}
                  .model=${model}
                  .label=${title}
                  .hint=${`Use the arrow keys to read each ${data.granularity}, Enter to open the day’s history.`}
                  @open-day=${event => this.#openDay(event.detail, data)}
                ></usage-chart>
                ${data.total === 0 ? html`<p class="chart-empty">${model.buckets.every(bucket => bucket.state === 'ahead') ? `${oneDay ? 'This day has' : 'These days have'} not begun.` : `No credits were used ${oneDay ? 'on this day' : 'in these days'}.`}</p>` : nothing}
              </div>
              ${legend(model)}`
      }
      ${hasOverage(model.buckets) ? html`<p class="muted small">Usage beyond 0 left is overage, which is in <a href=${url.hrefOfHistory({range: `${data.from}..${data.to}`, trend: this.route.range ?? '30d'})}>Credit History</a>.</p>` : nothing}
      <p class="muted small zone-line">
        ${data.granularity === 'day' ? 'Days' : 'Hours'} in ${format.zone(data.timeZone)}
      </p>
    </div>`;
  }

  /** The file holds what is shown: local times beside hours, the days before when they are compared. @param {Api.Trends} data @param {Model} model */
  #save(data, model) {
    const {workspaceId} = this.workspace;
    const {from, to, granularity, groupBy, timeZone} = data;
    const compared = this.#mayCompare();
    const grouped = groupBy === 'none' ? undefined : `by-${GROUP[groupBy].toLowerCase()}`;
    const per = granularity === 'day' ? 'daily' : 'hourly';
    const name = fileName('credit-usage', workspaceId, grouped, per, compared ? 'with-previous-period' : undefined, from, to);
    const before = this.#before(data, granularity);
    /** @param {string[][]} rows */
    const besideBefore = async rows => {
      const starts = model.buckets.map(({start}) => start);
      return withPrevious(rows, await rowsOf(this.#path(before, groupBy)), {starts, from, fromBefore: before.from, granularity, timeZone});
    };
    this.csv.save(this.#path(data, groupBy), name, async rows => {
      const all = compared ? await besideBefore(rows) : rows;
      return granularity === 'hour' ? withLocalTimes(all, {start: 'localStart'}, timeZone) : all;
    });
  }

  /** @param {{start: string, newTab: boolean}} day @param {Api.Trends} data */
  #openDay({start, newTab}, data) {
    url.visit(url.hrefOfDay(dayOfBucket(data, start)), {newTab});
  }

  /** @param {Api.Trends} data @param {Model} model */
  #summary(data, model) {
    return html`<dl class="summary">
      <div>
        <dt>Credits used ${data.from === data.to ? 'on this day' : 'in these days'}</dt>
        <dd><span data-total=${data.total}>${format.number(data.total)}</span></dd>
        ${this.route.compare ? html`<dd class="delta">${this.#compared(model)}</dd>` : nothing}
      </div>
      <div>
        <dt>Leads sourced</dt>
        <dd>${format.number(model.leads)}</dd>
      </div>
      <div>
        <dt>Phones revealed</dt>
        <dd>${format.number(model.phones)}</dd>
      </div>
      ${this.#average(data, model)}
    </dl>`;
  }

  /** @param {Model} model */
  #compared(model) {
    return this.#mayCompare() && this.earlier.problem
      ? html`${this.#comparison(model)} ${tryAgain(() => this.earlier.retry())}`
      : (this.#comparison(model) ?? 'Comparing…');
  }

  /** In words; null while it is not known. @param {Model} model */
  #comparison({compared, granularity, timeZone}) {
    const why = this.#whyNotCompared();
    if (why) return why;
    if (this.earlier.problem) return 'The period before cannot be loaded.';
    return compared && comparisonText(compared, granularity, timeZone);
  }

  /** @param {Api.Trends} data @param {Model} model */
  #average(data, model) {
    const grants = this.credits?.grants ?? [];
    const first = grants.map(grant => grant.effectiveAt).sort()[0];
    const began = first ? days.dayOf(first, data.timeZone) : null;
    const today = days.dayOf(serverNow(), data.timeZone);
    const average = dailyAverage(dailyPoints(model), today, began);
    const text = averageText(average, data, today, data.timeZone);
    return html`<div>
      <dt>A day on average</dt>
      <dd>${average.average === null ? '–' : format.decimal(average.average)}</dd>
      <dd class="delta muted">${text}</dd>
    </div>`;
  }
}

const skeleton = html`<div class="skeleton-chart" aria-hidden="true"><i class="skeleton"></i></div>
  <p class="visually-hidden">Loading the chart</p>`;

customElements.define('trends-panel', TrendsPanel);

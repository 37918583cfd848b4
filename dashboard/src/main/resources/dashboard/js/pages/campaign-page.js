/** One campaign: what it spent, where it is heading, its last 30 days. */
import {CreditElement, html, nothing} from '../element.js';
import {spikes} from '../alerts.js';
import {serverNow} from '../clock.js';
import {fileName, saveRows} from '../csv.js';
import {csvButton} from '../csv-button.js';
import {Live} from '../live.js';
import * as format from '../format.js';
import * as icons from '../icons.js';
import * as paths from '../paths.js';
import * as url from '../url-state.js';
import {legend} from '../chart/legend.js';
import {chartModel} from '../chart/model.js';
import {usageTable} from '../chart/usage-table.js';
import {sourceText, statusBadge} from '../campaigns/columns.js';
import {quotaBar} from '../campaigns/quota-bar.js';
import {WorkspaceLive} from '../credits/workspace-live.js';
import {PERIOD, campaignDates, projectionWords} from '../forecast-text.js';
import {panelFailure} from '../shell/notices.js';
import {pageHead} from './page-head.js';
import '../chart/usage-chart.js';
import '../credits/alerts-strip.js';

const QUARTER_HOUR_MS = 900_000; // a day ends with one of these in every zone

class CampaignPage extends /** @type {With<PageProperties>} */ (CreditElement) {
  /** @type {unknown[]} */
  #drawnFor = [];
  /** @type {{answer: Charted, model: Model} | null} */
  #drawn = null;

  static properties = {context: {attribute: false}, route: {attribute: false}, workspace: {attribute: false}};

  constructor() {
    super();
    this.live = new Live(this, () => (this.route.campaign ? paths.campaign(this.workspace.workspaceId, this.route.campaign) : null));
    this.around = new WorkspaceLive(this, () => this.workspace.workspaceId);
  }

  render() {
    const {data: found, problem} = this.live;
    const data = found && paths.campaignIn(found);
    if (!this.route.campaign)
      return this.#page('No campaign named', empty(html`The address of this page names no campaign.`));
    if (problem?.status === 404 || (found && !data))
      return this.#page('No such campaign', empty(html`Nothing was ever counted for <b><bdi>${this.route.campaign}</bdi></b> in this workspace.`));
    // Alerts stand above the rest, which must not jump.
    if (data && this.around.alertsKnown) return this.#shown(data);
    return this.#page(
      data?.name || this.route.campaign,
      html`<div class="card">
        ${problem ? panelFailure(problem, () => this.live.retry()) : html`<div class="skeleton-chart"><i class="skeleton"></i></div>`}
      </div>`,
    );
  }

  /** One heading whatever stands below it, so that the focus stays on it. @param {string} title @param {Template} body @param {Template} below */
  #page(title, body, below = nothing) {
    const above = html`<a class="back" href=${url.hrefOfList()}>${icons.back} Campaigns</a>`;
    return html`${pageHead(html`<bdi>${title}</bdi>`, {above, below})} ${body}`;
  }

  /** @param {Campaign} data */
  #shown(data) {
    const {timeZone: zone, period} = this.around.describe(this.workspace);
    /** @param {Api.Alert} alert */
    const mine = alert => alert.campaignId === data.campaignId;
    const below = html`<p class="campaign-line">
      ${statusBadge(data.status)} <span class="muted">${sourceText(data.source)}${campaignDates(data, zone, serverNow())}</span>
    </p>`;
    const body = html`<alerts-strip
        .inForce=${this.around.inForce.filter(mine)}
        .raised=${this.around.raised.filter(mine)}
        .more=${this.around.moreRaised}
        .moreInForce=${this.around.moreInForce}
        .problem=${this.around.alerts.problem}
        .workspace=${{timeZone: zone}}
        .here=${true}
      ></alerts-strip>
      ${this.around.moreInForce ? html`<p class="muted small">There are more alerts in force than can be looked through here: one of this campaign may be missing.</p>` : nothing}
      <div class="tiles">
        ${tile('Credits used, all time', html`<span data-value=${data.creditsUsed}>${format.number(data.creditsUsed)}</span>`, `${format.counted(data.leadsSourced, 'lead')} and ${format.counted(data.phonesRevealed, 'phone')}`)}
        ${projectionTile(data, zone, period)}
        <div class="card tile">
          <h2>Quota</h2>
          ${quotaBar(data, {timeZone: zone})}
        </div>
      </div>
      ${this.#trend(data, zone)}
      <p>
        <a class="panel-link" href=${url.hrefOfHistory({campaign: data.campaignId, range: '30d'})}
          >View this campaign's credit history of these 30 days ${icons.arrow}</a
        >
      </p>`;
    return this.#page(data.name || data.campaignId, body, below);
  }

  /** @param {Campaign} data @param {Zone} timeZone */
  #trend(data, timeZone) {
    const key = [data, timeZone, this.around.raised, Math.floor(serverNow() / QUARTER_HOUR_MS)];
    if (!this.#drawn || key.some((part, index) => part !== this.#drawnFor[index])) {
      this.#drawnFor = key;
      /** @type {Charted} */
      const answer = {
        groupBy: 'none',
        granularity: 'day',
        from: data.points[0]?.start,
        timeZone,
        total: data.points.reduce((sum, point) => sum + point.credits, 0),
        series: [
          {key: 'all', label: 'Credits', rest: false, total: 0, points: data.points.map(point => ({...point, remaining: null}))},
        ],
      };
      const raised = this.around.raised.filter(alert => alert.campaignId === data.campaignId);
      this.#drawn = {answer, model: chartModel(answer, serverNow(), {spikes: spikes(raised)})};
    }
    const {answer, model} = this.#drawn;
    const table = this.route.view === 'table';
    const title = 'Credits used per day, last 30 days';
    return html`<section class="card" aria-labelledby="campaign-trend">
      <header class="card-head wrap">
        <h2 id="campaign-trend">Last 30 days</h2>
        <div class="toolbar">
          <div class="segments" role="group" aria-label="View">
            <button class="segment" aria-pressed=${!table} @click=${() => url.change({view: null})}>
              ${icons.chart}<span>Chart</span>
            </button>
            <button class="segment" aria-pressed=${table} @click=${() => url.change({view: 'table'})}>
              ${icons.table}<span>Table</span>
            </button>
          </div>
          ${csvButton('these 30 days', {save: () => this.#save(data)})}
        </div>
      </header>
      ${
        table
          ? usageTable(answer, model, title)
          : html`<div class="chart-area">
              <usage-chart
                .model=${model}
                .label=${title}
                .hint=${'Use the arrow keys to read each day, Enter to open its history.'}
                @open-day=${({detail: {start: day, newTab}}) => url.visit(url.hrefOfDay(day, data.campaignId), {newTab})}
              ></usage-chart>
              ${answer.total === 0 ? html`<p class="chart-empty">No credits were used in these days.</p>` : nothing}
            </div>
            ${legend(model)}`
      }
      <p class="muted small zone-line">Days in ${format.zone(timeZone)}</p>
    </section>`;
  }

  /** @param {Campaign} campaign */
  #save({campaignId, points}) {
    const rows = points.map(point => [point.start, point.credits, point.leadsSourced, point.phonesRevealed]);
    saveRows(
      fileName('credit-usage', this.workspace.workspaceId, campaignId, points[0]?.start, points.at(-1)?.start),
      [['day', 'credits', 'leadsSourced', 'phonesRevealed'], ...rows],
    );
  }
}

/** @param {Template} why */
const empty = why =>
  html`<div class="card empty">
    <p>${why}</p>
    <a class="button" href=${url.hrefOfPage('campaigns')}>See all campaigns</a>
  </div>`;

/** @param {string} title @param {Shown} value @param {string} note */
const tile = (title, value, note) =>
  html`<div class="card tile">
    <h2>${title}</h2>
    <p class="tile-value">${value}</p>
    <p class="muted small">${note}</p>
  </div>`;

/** @param {Campaign} item @param {Zone} zone @param {Api.Period | null | undefined} period */
function projectionTile(item, zone, period) {
  const {by, basis} = projectionWords(item, period, zone, serverNow());
  if (item.projectedUsage === null) return tile('Projected usage', '–', basis);
  const {projectedLow: low, projectedHigh: high} = item;
  const ranged = low !== null && high !== null && low !== high;
  const range = ranged ? `Most likely ${format.number(low)} to ${format.number(high)}` : '';
  const value = html`<span data-value=${item.projectedUsage}>${format.number(item.projectedUsage)}</span>`;
  const explained = !item.endsAt && period && by ? `The credit period is ${PERIOD}` : '';
  return tile('Projected usage', value, [[range, by].filter(Boolean).join(' '), explained, basis].filter(Boolean).map(capital).join('. '));
}

/** @param {string} text */
const capital = text => text[0].toUpperCase() + text.slice(1);

customElements.define('campaign-page', CampaignPage);

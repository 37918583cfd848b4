/** One campaign: what it spent, where it is heading, its last 30 days. */
import {CreditElement, html, nothing} from '../element.js';
import {spikes} from '../alerts.js';
import {Live} from '../live.js';
import * as format from '../format.js';
import * as icons from '../icons.js';
import * as paths from '../paths.js';
import * as url from '../url-state.js';
import {legend} from '../chart/legend.js';
import {chartModel} from '../chart/model.js';
import {saveUsage, usageTable} from '../chart/usage-table.js';
import {sourceText, statusBadge, because} from '../campaigns/columns.js';
import {quotaBar} from '../campaigns/quota-bar.js';
import {panelFailure} from '../shell/notices.js';
import {pageHead} from './page-head.js';
import '../chart/usage-chart.js';
import '../credits/alerts-strip.js';

class CampaignPage extends CreditElement {
  static properties = {context: {attribute: false}, route: {attribute: false}, workspace: {attribute: false}};

  constructor() {
    super();
    this.live = new Live(this, () => paths.campaign(this.workspace.workspaceId, this.route.campaign ?? ''));
    this.alerts = new Live(this, () => paths.alerts(this.workspace.workspaceId, {limit: 200}), {quiet: true});
    this.credits = new Live(this, () => paths.credits(this.workspace.workspaceId), {quiet: true, everyMs: 60_000}); // for its zone and period
  }

  render() {
    const {data, problem} = this.live;
    const above = html`<a class="back" href=${url.hrefOfPage('campaigns')}>${icons.back} Campaigns</a>`;
    if (problem?.status === 404) {
      return html`${pageHead('No such campaign', {above})}
        <div class="card empty">
          <p>
            Nothing was ever counted for <b><bdi>${this.route.campaign}</bdi></b> in this workspace.
          </p>
        </div>`;
    }
    const alertsKnown = this.alerts.data || this.alerts.problem; // they stand above the rest, which must not jump
    if (!data || !alertsKnown) {
      return html`${pageHead(this.route.campaign, {above})}
        <div class="card">
          ${problem ? panelFailure(problem, () => this.live.retry()) : html`<div class="skeleton-chart"><i class="skeleton"></i></div>`}
        </div>`;
    }
    const zone = this.credits.data?.timeZone ?? this.workspace.timeZone;
    const below = html`<p class="campaign-line">
      ${statusBadge(data.status)} <span class="muted">${sourceText(data.source)}${dates(data, zone)}</span>
    </p>`;
    return html` ${pageHead(html`<bdi>${data.name || data.campaignId}</bdi>`, {above, below})}
      <alerts-strip .alerts=${this.#alerts(data)} .workspace=${{timeZone: zone}} .here=${true}></alerts-strip>
      <div class="tiles">
        ${tile('Credits used', html`<span data-value=${data.creditsUsed}>${format.number(data.creditsUsed)}</span>`, `${format.counted(data.leadsSourced, 'lead')} and ${format.counted(data.phonesRevealed, 'phone')}`)}
        ${projectionTile(data, zone, this.credits.data?.period)}
        <div class="card tile">
          <h2>Quota</h2>
          ${quotaBar(data, {timeZone: zone})}
        </div>
      </div>
      ${this.#trend(data, zone)}
      <p>
        <a class="panel-link" href=${url.hrefOfPage('settings/credits/history', {campaign: data.campaignId})}
          >View this campaign's credit history ${icons.arrow}</a
        >
      </p>`;
  }

  #alerts({campaignId}) {
    return (this.alerts.data?.items ?? []).filter(alert => alert.campaignId === campaignId);
  }

  #trend(data, timeZone) {
    const key = [data, timeZone, this.alerts.data];
    if (!this.modelKey || key.some((part, index) => part !== this.modelKey[index])) {
      this.modelKey = key;
      this.answer = {
        groupBy: 'none',
        granularity: 'day',
        timeZone,
        total: data.points.reduce((sum, point) => sum + point.credits, 0),
        series: [
          {key: 'all', label: 'Credits', total: 0, points: data.points.map(point => ({...point, remaining: null}))},
        ],
      };
      this.model = chartModel(this.answer, {
        spikes: spikes(this.#alerts(data)),
      });
    }
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
          <button
            class="button small"
            @click=${() => saveUsage(`credit-usage-${data.campaignId}.csv`, this.answer, this.model)}
          >
            ${icons.download} CSV
          </button>
        </div>
      </header>
      ${
        table
          ? usageTable(this.answer, this.model, title)
          : html`<div class="chart-area">
              <usage-chart
                .model=${this.model}
                .label=${`${title}. Use the arrow keys to read each day.`}
              ></usage-chart>
              ${this.answer.total === 0 ? html`<p class="chart-empty">No credits were used in these days.</p>` : nothing}
            </div>
            ${legend(this.model)}`
      }
      <p class="muted small zone-line">Days in ${format.zone(timeZone)}</p>
    </section>`;
  }
}

const tile = (title, value, note) =>
  html`<div class="card tile">
    <h2>${title}</h2>
    <p class="tile-value">${value}</p>
    <p class="muted small">${note}</p>
  </div>`;

const SETTLED = {
  DRAFT: 'A draft: nothing is expected until it is active.',
  PAUSED: 'Paused: no further usage is expected until it goes on.',
  COMPLETED: 'Completed: no further usage is expected.',
  UNKNOWN: 'Not described yet: no further usage is foreseen.',
};

function projectionTile(item, zone, period) {
  if (item.projectedUsage === null) {
    return tile('Projected usage', '–', because(item) || 'Too little to go by yet');
  }
  const end = item.endsAt ?? period?.end;
  const by = end ? `by ${format.date(end, zone)}${item.endsAt ? '' : ', the end of the credit period'}` : 'in 30 days';
  const ranged = item.projectedLow !== null && item.projectedLow !== item.projectedHigh;
  const range = ranged
    ? `Most likely ${format.number(item.projectedLow)} to ${format.number(item.projectedHigh)} ${by}.`
    : item.projectionReason
      ? `No further usage is expected ${by}.`
      : (SETTLED[item.status] ?? 'Its end has passed: no further usage is expected.');
  return tile(
    'Projected usage',
    html`<span data-value=${item.projectedUsage}>${format.number(item.projectedUsage)}</span>`,
    item.projectionReason ? `${range} ${because(item)}.` : range,
  );
}

function dates({startsAt, endsAt, lastActivityAt}, zone) {
  const parts = [];
  if (startsAt && endsAt) parts.push(`${format.date(startsAt, zone)} to ${format.date(endsAt, zone)}`);
  else if (startsAt) parts.push(`since ${format.date(startsAt, zone)}`);
  else if (endsAt) parts.push(`until ${format.date(endsAt, zone)}`);
  if (lastActivityAt) parts.push(`last activity ${format.dateTime(lastActivityAt, zone)}`);
  return parts.map(part => ' · ' + part).join('');
}

customElements.define('campaign-page', CampaignPage);

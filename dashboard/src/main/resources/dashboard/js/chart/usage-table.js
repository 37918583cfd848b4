/** The chart's data as a table. */
import {messageOf} from '../alerts.js';
import {html, nothing} from '../element.js';
import * as format from '../format.js';
import {seriesLabels} from '../labels.js';
import * as url from '../url-state.js';
import {dayOfBucket} from './model.js';
import {balanceText} from './overage.js';
import {nameOf, previousDays, turnText} from './tooltip.js';

/** @type {Record<Turn['kind'], string>} */
const TURN_BADGE = {granted: 'active', expired: 'depleted', voided: 'voided'};

/**
 * @param {Charted} answer of the trends route, for every series
 * @param {Model} model the chart's, for what stands beside them
 * @param {string} caption
 */
export function usageTable(answer, model, caption) {
  const grouped = answer.groupBy !== 'none';
  const series = grouped ? answer.series : [];
  const labels = seriesLabels(answer.groupBy, series);
  const {previousTotal, unpaired} = model;
  const compared = previousTotal !== null;
  /** A series of an activity that cost a credit each time is its count once more. @param {string} key @param {'leadsSourced' | 'phonesRevealed'} field */
  const isSeries = (key, field) =>
    answer.groupBy === 'kind' && series.some(one => one.key === key && one.points.every(point => point.credits === point[field]));
  const leads = !isSeries('LEAD_SOURCED', 'leadsSourced');
  const phones = !isSeries('PHONE_REVEALED', 'phonesRevealed');
  const {page, campaign} = url.read();
  /** @param {Bucket} bucket */
  const href = ({start}) => url.hrefOfDay(dayOfBucket(model, start), page === 'campaign' ? campaign : null);
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Table of credit usage">
    <table class="table dense">
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${answer.granularity === 'day' ? 'Day' : 'Hour'}</th>
          <th scope="col" class="number">Credits</th>
          ${series.map((one, index) => html`<th scope="col" class="number"><bdi title=${answer.groupBy === 'campaign' && one.key ? one.key : nothing}>${labels[index]}</bdi>${answer.groupBy === 'kind' && leads && phones ? ' (credits)' : nothing}</th>`)}
          ${leads ? html`<th scope="col" class="number">Leads</th>` : nothing}
          ${phones ? html`<th scope="col" class="number">Phones</th>` : nothing}
          ${compared ? html`<th scope="col" class="number">Previous period <span class="under">${previousDays(model)}</span></th>` : nothing}
          ${model.hasBalance ? html`<th scope="col" class="number">Balance</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${model.buckets.map(
          (bucket, index) =>
            html`<tr data-start=${bucket.start}>
              <th scope="row" class="bucket">
                <a href=${href(bucket)}>${nameOf(model, bucket)}</a>${bucket.spikes.length ? html` <span class="badge level-warning">Spike</span>` : nothing}
                ${bucket.grants.map(turn => html` <span class="badge grant-${TURN_BADGE[turn.kind]}"><bdi>${turnText(turn)}</bdi></span>`)}
                ${bucket.spikes.map(spike => html`<span class="under by"><bdi>${messageOf(spike, answer.timeZone)}</bdi></span>`)}
              </th>
              <td class="number strong">${format.number(bucket.total)}</td>
              ${series.map(one => html`<td class="number">${format.number(one.points[index].credits)}</td>`)}
              ${leads ? html`<td class="number">${format.number(bucket.leads)}</td>` : nothing}
              ${phones ? html`<td class="number">${format.number(bucket.phones)}</td>` : nothing}
              ${compared ? html`<td class="number">${bucket.previous === null ? '–' : format.number(bucket.previous)}</td>` : nothing}
              ${model.hasBalance ? html`<td class="number">${balanceText(bucket)}</td>` : nothing}
            </tr>`,
        )}
      </tbody>
      <tfoot>
        ${
          unpaired
            ? html`<tr>
                <th scope="row" class="bucket">${format.shortDays(unpaired.from, unpaired.to, answer.timeZone)}, also of the previous period</th>
                <td colspan=${1 + series.length + Number(leads) + Number(phones)}></td>
                <td class="number">${format.number(unpaired.credits)}</td>
                ${model.hasBalance ? html`<td></td>` : nothing}
              </tr>`
            : nothing
        }
        <tr>
          <th scope="row">Total</th>
          <td class="number strong">${format.number(answer.total)}</td>
          ${series.map(one => html`<td class="number">${format.number(one.total)}</td>`)}
          ${leads ? html`<td class="number">${format.number(model.leads)}</td>` : nothing}
          ${phones ? html`<td class="number">${format.number(model.phones)}</td>` : nothing}
          ${compared ? html`<td class="number">${format.number(previousTotal)}</td>` : nothing}
          ${model.hasBalance ? html`<td></td>` : nothing}
        </tr>
      </tfoot>
    </table>
  </div>`;
}

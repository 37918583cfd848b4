/** The chart's data as a table. */
import {html, nothing} from '../element.js';
import * as format from '../format.js';
import {seriesLabel} from '../labels.js';
import {nameOf} from './tooltip.js';

/**
 * @param {Charted} answer of the trends route, for every series
 * @param {Model} model the chart's, for what stands beside them
 * @param {string} caption
 */
export function usageTable(answer, model, caption) {
  const grouped = answer.groupBy !== 'none';
  const series = grouped ? answer.series : [];
  const {previousTotal} = model;
  const compared = previousTotal !== null;
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Table of credit usage">
    <table class="table dense">
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${answer.granularity === 'day' ? 'Day' : 'Hour'}</th>
          <th scope="col" class="number">Credits</th>
          ${series.map(one => html`<th scope="col" class="number"><bdi>${seriesLabel(answer.groupBy, one)}</bdi></th>`)}
          <th scope="col" class="number">Leads</th>
          <th scope="col" class="number">Phones</th>
          ${compared ? html`<th scope="col" class="number">Previous period</th>` : nothing}
          ${model.hasBalance ? html`<th scope="col" class="number">Balance</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${model.buckets.map(
          (bucket, index) =>
            html`<tr data-start=${bucket.start}>
              <th scope="row">
                ${nameOf(model, bucket)}${bucket.spikes.length ? html` <span class="badge level-warning">Spike</span>` : nothing}
                ${bucket.grants.map(({kind}) => html` <span class="badge grant-${kind === 'granted' ? 'active' : 'depleted'}">${kind === 'granted' ? 'Granted' : 'Expired'}</span>`)}
              </th>
              <td class="number strong">${format.number(bucket.total)}</td>
              ${series.map(one => html`<td class="number">${format.number(one.points[index].credits)}</td>`)}
              <td class="number">${format.number(bucket.leads)}</td>
              <td class="number">${format.number(bucket.phones)}</td>
              ${compared ? html`<td class="number">${bucket.previous === null ? '–' : format.number(bucket.previous)}</td>` : nothing}
              ${model.hasBalance ? html`<td class="number">${bucket.remaining === null ? '' : format.number(bucket.remaining)}</td>` : nothing}
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          <td class="number strong">${format.number(answer.total)}</td>
          ${series.map(one => html`<td class="number">${format.number(one.total)}</td>`)}
          <td class="number">${format.number(model.leads)}</td>
          <td class="number">${format.number(model.phones)}</td>
          ${compared ? html`<td class="number">${format.number(previousTotal)}</td>` : nothing}
          ${model.hasBalance ? html`<td></td>` : nothing}
        </tr>
      </tfoot>
    </table>
  </div>`;
}

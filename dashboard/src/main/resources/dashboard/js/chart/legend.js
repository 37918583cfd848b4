/** What the chart's colours and marks mean; nothing where there is but one colour. */
import {html, nothing} from '../element.js';
import * as format from '../format.js';
import {previousDays} from './tooltip.js';

/** @param {Model} model */
export function legend(model) {
  const marks = [
    [model.previousTotal !== null, 'previous', `Previous period (${previousDays(model)})`],
    [model.buckets.some(bucket => bucket.state === 'under-way'), 'under-way', `Pale, dashed: ${model.granularity} not over yet`],
    [model.buckets.some(bucket => bucket.spikes.length > 0), 'spike', 'Unusual spike'],
    [hasTurn(model, 'granted'), 'granted', 'Credits granted'],
    [hasTurn(model, 'expired'), 'expired', 'Credits expired'],
    [hasTurn(model, 'voided'), 'voided', 'Grant voided'],
  ].filter(([shown]) => shown);
  if (model.series.length < 2 && marks.length === 0) return nothing;
  return html`<ul class="legend" aria-label="Legend">
    ${model.series.length > 1 ? model.series.map(one => html`<li data-key=${one.key}><i class="swatch series-${one.colour}"></i><bdi class="legend-label" title=${model.groupBy === 'campaign' && one.key ? one.key : nothing}>${one.label}</bdi> <span class="muted">${format.number(one.total)}</span></li>`) : nothing}
    ${marks.map(([, mark, text]) => html`<li><i class="swatch ${mark}"></i>${text}</li>`)}
  </ul>`;
}

/** @param {Model} model @param {Turn['kind']} kind */
const hasTurn = (model, kind) => model.buckets.some(bucket => bucket.grants.some(turn => turn.kind === kind));

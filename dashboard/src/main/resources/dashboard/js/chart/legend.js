/** What the chart's colours and marks mean; nothing where there is but one colour. */
import {html, nothing} from '../element.js';
import * as format from '../format.js';

export function legend(model) {
  const compared = model.previousTotal !== null;
  const spiked = model.buckets.some(bucket => bucket.spikes.length > 0);
  if (model.series.length < 2 && !compared && !spiked) return nothing;
  return html`<ul class="legend" aria-label="Legend">
    ${model.series.length > 1 ? model.series.map(one => html`<li data-key=${one.key}><i class="swatch series-${one.colour}"></i><bdi class="legend-label">${one.label}</bdi> <span class="muted">${format.number(one.total)}</span></li>`) : nothing}
    ${compared ? html`<li><i class="swatch previous"></i>Previous period</li>` : nothing}
    ${spiked ? html`<li><i class="swatch spike"></i>Unusual spike</li>` : nothing}
  </ul>`;
}

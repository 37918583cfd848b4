/** What the chart says about one bucket, to the eye and to a screen reader. */
import {html, nothing} from '../element.js';
import {messageOf} from '../alerts.js';
import {serverNow} from '../api.js';
import {dayOf} from '../days.js';
import * as format from '../format.js';

const LISTED = 6;

export const nameOf = ({granularity, timeZone}, bucket) =>
  granularity === 'day'
    ? format.shortWeekday(bucket.start) + (bucket.start === dayOf(serverNow(), timeZone) ? ', so far' : '')
    : format.dateTimeOfHour(bucket.start, timeZone);

export function tooltip(model, index) {
  const bucket = model.buckets[index];
  const shares = model.series
    .map((one, rank) => ({...one, credits: bucket.values[rank]}))
    .filter(one => one.credits > 0)
    .sort((a, b) => b.credits - a.credits);
  const hidden = shares.slice(LISTED);
  return html`<div class="chart-tip" aria-hidden="true">
    <div class="chart-tip-head">${nameOf(model, bucket)}</div>
    <div class="chart-tip-total">
      <b>${format.number(bucket.total)}</b> ${bucket.total === 1 ? 'credit' : 'credits'}
    </div>
    ${model.series.length > 1 ? shares.slice(0, LISTED).map(one => row(html`<i class="swatch series-${one.colour}"></i><bdi>${one.label}</bdi>`, one.credits)) : nothing}
    ${
      hidden.length
        ? row(
            `${hidden.length} more`,
            hidden.reduce((sum, one) => sum + one.credits, 0),
          )
        : nothing
    }
    <hr />
    ${row('Leads sourced', bucket.leads)} ${row('Phones revealed', bucket.phones)}
    ${bucket.previous === null ? nothing : row(html`<i class="swatch previous"></i>Previous period`, bucket.previous)}
    ${bucket.remaining === null ? nothing : row('Balance at the end', bucket.remaining)}
    ${bucket.spikes.map(spike => html`<div class="chart-tip-spike"><bdi>${messageOf(spike, model.timeZone)}</bdi></div>`)}
  </div>`;
}

const row = (label, value) =>
  html`<div class="chart-tip-row"><span>${label}</span><span>${format.number(value)}</span></div>`;

export function spoken(model, index) {
  const bucket = model.buckets[index];
  const parts = [`${format.counted(bucket.total, 'credit')}`];
  if (model.series.length > 1) {
    model.series.forEach(
      (one, rank) => bucket.values[rank] > 0 && parts.push(`${one.label} ${format.number(bucket.values[rank])}`),
    );
  }
  parts.push(format.counted(bucket.leads, 'lead') + ' sourced', format.counted(bucket.phones, 'phone') + ' revealed');
  if (bucket.previous !== null) parts.push(`previous period ${format.number(bucket.previous)}`);
  if (bucket.remaining !== null) parts.push(`balance ${format.number(bucket.remaining)}`);
  for (const spike of bucket.spikes) parts.push(messageOf(spike, model.timeZone));
  return `${nameOf(model, bucket)}: ${parts.join(', ')}`;
}

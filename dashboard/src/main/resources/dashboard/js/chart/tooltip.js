/** What the chart says about one bucket, to the eye and to a screen reader. */
import {html, nothing} from '../element.js';
import {messageOf} from '../alerts.js';
import * as format from '../format.js';
import {balanceText, isEmptied} from './overage.js';

const LISTED = 6;
const OVERAGE = 'any overage is in Credit History';
const STATE = {over: '', 'under-way': ', so far', ahead: ', not begun'};

/** @param {Pick<Model, 'granularity' | 'timeZone'>} model @param {Pick<Bucket, 'start' | 'state'>} bucket */
export const nameOf = ({granularity, timeZone}, {start, state}) =>
  (granularity === 'day' ? format.shortWeekday(start) : format.dateTimeOfHour(start, timeZone)) + STATE[state];

/** @type {Record<Turn['kind'], string>} */
const TURN = {granted: 'granted', expired: 'expired unused', voided: 'voided'};

/** `1,000 granted (annual-2026)` @param {Turn} turn */
export const turnText = ({kind, credits, grantId}) =>
  `${format.number(credits)} ${TURN[kind]} (${grantId})`;

/** The days of the previous period, of which not all need stand beside one. @param {Pick<Model, 'compared' | 'timeZone'>} model */
export const previousDays = ({compared, timeZone}) =>
  compared ? format.shortDays(compared.before.range.from, compared.before.range.to, timeZone) : '';

/** @param {Model} model @param {number} index */
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
            `${format.number(hidden.length)} more`,
            hidden.reduce((sum, one) => sum + one.credits, 0),
          )
        : nothing
    }
    <hr />
    ${row('Leads sourced', bucket.leads)} ${row('Phones revealed', bucket.phones)}
    ${model.previousTotal === null ? nothing : row(html`<i class="swatch previous"></i>Previous period`, bucket.previous)}
    ${bucket.remaining === null ? nothing : row(bucket.state === 'over' ? 'Balance at the end' : 'Balance now', balanceText(bucket))}
    ${bucket.over === null && isEmptied(bucket) ? html`<div class="chart-tip-grant">0 left: ${OVERAGE}</div>` : nothing}
    ${bucket.grants.map(turn => html`<div class="chart-tip-grant"><bdi>${turnText(turn)}</bdi></div>`)}
    ${bucket.spikes.map(spike => html`<div class="chart-tip-spike"><bdi>${messageOf(spike, model.timeZone)}</bdi></div>`)}
  </div>`;
}

/** @param {Shown} label @param {number | string | null} value */
const row = (label, value) =>
  html`<div class="chart-tip-row"><span>${label}</span><span>${value === null ? '–' : typeof value === 'string' ? value : format.number(value)}</span></div>`;

/** @param {Model} model @param {number} index */
export function spoken(model, index) {
  const bucket = model.buckets[index];
  const parts = [`${format.counted(bucket.total, 'credit')}`];
  if (model.series.length > 1) {
    model.series.forEach(
      (one, rank) => bucket.values[rank] > 0 && parts.push(`${one.label} ${format.number(bucket.values[rank])}`),
    );
  }
  parts.push(format.counted(bucket.leads, 'lead') + ' sourced', format.counted(bucket.phones, 'phone') + ' revealed');
  if (model.previousTotal !== null)
    parts.push(`previous period ${bucket.previous === null ? 'without such an hour' : format.number(bucket.previous)}`);
  if (bucket.remaining !== null) parts.push(`balance ${balanceText(bucket)}${bucket.over === null && isEmptied(bucket) ? `, ${OVERAGE}` : ''}`);
  parts.push(...bucket.grants.map(turnText));
  for (const spike of bucket.spikes) parts.push(messageOf(spike, model.timeZone));
  return `${nameOf(model, bucket)}: ${parts.join('; ')}`;
}

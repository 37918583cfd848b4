/** History rows as one table with a group of rows per day. */
import {html, nothing} from '../element.js';
import {dayOf} from '../days.js';
import * as format from '../format.js';
import {sharedName} from '../campaigns/columns.js';
import {serverNow} from '../clock.js';
import {twins} from '../names.js';
import * as url from '../url-state.js';
import {KIND} from '../labels.js';
import {reversalWords} from './reversal-text.js';

/** @param {Api.HistoryRow[]} rows @param {HistoryAround} around */
export function historyTable(rows, {timeZone, loading, more, grants, filtered}) {
  const days = byDay(rows, timeZone);
  /** @type {RowsAround} */
  const around = {
    timeZone,
    grants,
    ids: twins(rows.flatMap(({campaignId: id, campaignName: name}) => (id ? [{id, name}] : []))),
    times: new Map(rows.map(({id, occurredAt}) => [id, occurredAt])),
  };
  return html`<table class="table history stacked" role="table" aria-busy=${loading}>
    <caption class="visually-hidden">
      Credit history, newest first
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">Time</th>
        <th role="columnheader" scope="col">What happened</th>
        <th role="columnheader" scope="col" class="number">Credits</th>
        <th role="columnheader" scope="col" class="number">Balance after</th>
      </tr>
    </thead>
    ${days.map(
      ({day, items}, index) =>
        html`<tbody role="rowgroup" data-day=${day}>
          <tr role="row" class="day-row">
            <th role="rowheader" scope="rowgroup" colspan="4">
              ${format.weekday(day)}
              <span class="day-sum">${daySum(items, more && index === days.length - 1, filtered)}</span>
            </th>
          </tr>
          ${items.map(item => row(item, around))}
        </tbody>`,
    )}
  </table>`;
}

/** @param {Api.HistoryRow[]} rows @param {Zone} timeZone */
function byDay(rows, timeZone) {
  /** @type {{day: Day, items: Api.HistoryRow[]}[]} */
  const groups = [];
  for (const item of rows) {
    const day = dayOf(item.occurredAt, timeZone);
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({day, items: [item]});
  }
  return groups;
}

/** @param {Api.HistoryRow[]} items @param {boolean} open whether older entries of the day may follow @param {boolean} filtered */
function daySum(items, open, filtered) {
  if (open) return `older entries of this day may follow${filtered ? ', of those that match' : ''}`;
  return (filtered ? 'entries shown: ' : '') + sumOf(items);
}

const USAGE = ['LEAD_SOURCED', 'PHONE_REVEALED'];

/** A day's subtotal over the rows that are listed: what was used, and what came and went otherwise. @param {Api.HistoryRow[]} items */
function sumOf(items) {
  /** @param {string[]} kinds */
  const total = kinds => items.filter(item => kinds.includes(item.kind)).reduce((sum, item) => sum + item.credits, 0);
  /** @type {[string, number][]} */
  const sums = [
    ['used', -total(USAGE)],
    ['granted', total(['GRANTED'])],
    ['expired or voided', -total(['EXPIRED', 'VOIDED'])],
  ];
  const parts = sums.filter(([, credits]) => credits !== 0);
  return parts.length === 0 ? 'no change' : parts.map(([what, credits]) => `${format.number(credits)} ${what}`).join(', ');
}

/** @param {Api.HistoryRow} item @param {RowsAround} around */
function row(item, around) {
  const {timeZone} = around;
  return html`<tr
    role="row"
    class="kind-${item.kind.toLowerCase()} ${item.reversed ? 'reversed' : ''}"
    data-row=${item.id}
    data-kind=${item.kind}
  >
    <th role="rowheader" scope="row" class="time">
      <time datetime=${item.occurredAt}>${format.time(item.occurredAt, timeZone)}</time
      ><span class="visually-hidden">${`, ${format.day(dayOf(item.occurredAt, timeZone), timeZone)}`}</span>
    </th>
    <td role="cell" class="what">
      <span class="what-kind">${KIND[item.kind] ?? item.kind}</span
      >${item.reversed ? html` <span class="badge">Taken back</span>` : nothing} ${about(item, around)}
    </td>
    <td
      role="cell"
      class="number strong amount ${item.credits > 0 ? 'gain' : ''}"
      data-label="Credits"
      data-credits=${item.credits}
    >
      ${format.signed(item.credits)}
    </td>
    <td role="cell" class="number" data-label="Balance after" data-balance=${item.balanceAfter}>${balance(item)}</td>
  </tr>`;
}

/** @param {Api.HistoryRow} item */
function balance({balanceAfter, overageAfter}) {
  return overageAfter > 0
    ? html`<span class="warn">${format.number(overageAfter)} over</span>`
    : format.number(balanceAfter);
}

/** @param {Api.HistoryRow} item @param {RowsAround} around */
function about(item, {timeZone, grants, ids, times}) {
  const parts = [];
  if (item.campaignId)
    parts.push(
      html`<a href=${url.hrefOfCampaign(item.campaignId)}
        ><bdi>${item.campaignName || item.campaignId}</bdi>${sharedName(item.campaignId, ids)}</a
      >`,
    );
  if (item.leadId) parts.push(named('lead', item.leadId));
  if (item.grantId) parts.push(named('grant', item.grantId));
  if (item.kind === 'REVERSED') {
    const {of, ended} = reversalWords(item, times.get(item.reversedEventId ?? '') ?? null, grants, timeZone, serverNow());
    parts.push(html`<bdi title=${item.reversedEventId ?? nothing}>${of}</bdi>${ended}`);
  }
  if (item.reason) parts.push(html`“<bdi>${item.reason}</bdi>”`);
  return html`<span class="about">${parts.map((part, index) => html`${index ? ' · ' : nothing}${part}`)}</span>`;
}

/** `lead 4711`, but `lead-4711` where the id says it already. @param {string} word @param {string} id */
const named = (word, id) => html`${id.toLowerCase().startsWith(word) ? nothing : word + ' '}<bdi>${id}</bdi>`;

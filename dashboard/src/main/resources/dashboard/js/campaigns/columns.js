/** The columns of the campaign table, in both its layouts. */
import {serverNow} from '../clock.js';
import {html, nothing} from '../element.js';
import * as format from '../format.js';
import {projectionWords} from '../forecast-text.js';
import * as url from '../url-state.js';
import {SOURCE, STATUS} from '../labels.js';
import {quotaBar} from './quota-bar.js';

/** @param {Api.Campaign['status']} status */
export const statusBadge = status =>
  html`<span class="badge ${status.toLowerCase()}">${STATUS[status] ?? status}</span>`;
/** @param {Api.Campaign['source']} source */
export const sourceText = source => SOURCE[source ?? 'UNKNOWN'] ?? source;

/** Beside a name that several of a list share: the id, short to the eye and whole to the pointer and to screen readers. @param {string} id @param {Map<string, string>} [ids] */
export function sharedName(id, ids) {
  const short = ids?.get(id);
  if (!short) return nothing;
  return html` <span class="shared muted small" title=${id}
    ><span aria-hidden="true">(<bdi>${short}</bdi>)</span><span class="visually-hidden">${id}</span></span
  >`;
}

/** @type {Column} */
const name = {
  title: 'Campaign',
  sort: 'name',
  head: true,
  cell: (item, _, ids) =>
    html`<a class="campaign-link" href=${url.hrefOfCampaign(item.campaignId)}
        ><bdi>${item.name || item.campaignId}</bdi>${sharedName(item.campaignId, ids)}</a
      ><span class="under source-under">${sourceText(item.source)}</span>`,
};
/** @type {Column} */
const source = {title: 'Source', kind: 'source-cell', cell: item => sourceText(item.source)};
/** @type {Column} */
const status = {title: 'Status', kind: 'badge-cell', cell: item => statusBadge(item.status)};
/** @type {Column} */
const used = {
  title: 'Credits used',
  sort: 'creditsUsed',
  kind: 'number',
  cell: item => html`<span class="strong" data-value=${item.creditsUsed}>${format.number(item.creditsUsed)}</span>`,
};
/** With what stands in columns of their own where there is room for them. @type {Column} */
const spent = {
  ...used,
  cell: (item, workspace) =>
    html`${used.cell(item, workspace)}<span class="under minor-under">${format.counted(item.leadsSourced, 'lead')}, ${format.counted(item.phonesRevealed, 'phone')}</span>`,
};
/** @type {Column} */
const leads = {title: 'Leads', kind: 'number minor', cell: item => format.number(item.leadsSourced)};
/** @type {Column} */
const phones = {title: 'Phones', kind: 'number minor', cell: item => format.number(item.phonesRevealed)};
/** @type {Column} */
const quota = {title: 'Quota', kind: 'quota', cell: (item, workspace) => quotaBar(item, workspace)};
/** @type {Column} */
const projected = {
  title: 'Projected usage',
  sort: 'projectedUsage',
  kind: 'number',
  cell: (item, workspace) => projection(item, workspace),
};
/** @type {Column} */
const activity = {
  title: 'Last activity',
  sort: 'lastActivityAt',
  kind: 'number',
  cell: (item, workspace) =>
    item.lastActivityAt
      ? html`<time datetime=${item.lastActivityAt}>${format.moment(item.lastActivityAt, workspace.timeZone)}</time>`
      : html`<span class="muted">None yet</span>`,
};

const LAYOUTS = {
  spend: [name, source, status, spent, leads, phones, activity],
  usage: [name, source, status, used, quota, projected],
};

/** @param {keyof typeof LAYOUTS} layout */
export const columnsOf = layout => LAYOUTS[layout];

/** A projection with its range, until when it is and what it goes by; or why there is none. @param {Api.Campaign} item @param {Workspace} workspace */
function projection(item, {timeZone, period}) {
  const {by, basis} = projectionWords(item, period, timeZone, serverNow());
  const {projectedLow: low, projectedHigh: high} = item;
  if (item.projectedUsage === null) return html`<span class="muted small">${basis}</span>`;
  const ranged = low !== null && high !== null && low !== high;
  return html`<span data-value=${item.projectedUsage}>${format.number(item.projectedUsage)}</span>
    ${ranged ? html`<span class="under">${format.number(low)} – ${format.number(high)}</span>` : nothing}
    ${by ? html`<span class="under by">${by}</span>` : nothing}
    ${basis ? html`<span class="under basis">${basis}</span>` : nothing}`;
}

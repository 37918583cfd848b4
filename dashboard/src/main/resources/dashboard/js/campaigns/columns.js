/** The columns of the campaign table, in both its layouts. */
import {serverNow} from '../clock.js';
import {html, nothing} from '../element.js';
import * as format from '../format.js';
import {projectionWords} from '../forecast.js';
import * as url from '../url-state.js';
import {SOURCE, STATUS} from '../labels.js';
import {quotaBar} from './quota-bar.js';

export const statusBadge = status =>
  html`<span class="badge ${status.toLowerCase()}">${STATUS[status] ?? status}</span>`;
export const sourceText = source => SOURCE[source ?? 'UNKNOWN'] ?? source;

const name = {
  title: 'Campaign',
  sort: 'name',
  head: true,
  cell: item =>
    html`<a class="campaign-link" href=${url.hrefOfPage('campaign', {campaign: item.campaignId})}
        ><bdi>${item.name || item.campaignId}</bdi></a
      ><span class="under source-under">${sourceText(item.source)}</span>`,
};
const source = {title: 'Source', kind: 'source-cell', cell: item => sourceText(item.source)};
const status = {title: 'Status', kind: 'badge-cell', cell: item => statusBadge(item.status)};
const used = {
  title: 'Credits used',
  sort: 'creditsUsed',
  kind: 'number',
  cell: item => html`<span class="strong" data-value=${item.creditsUsed}>${format.number(item.creditsUsed)}</span>`,
};
/** With what stands in columns of their own where there is room for them. */
const spent = {
  ...used,
  cell: item =>
    html`${used.cell(item)}<span class="under minor-under">${format.counted(item.leadsSourced, 'lead')}, ${format.counted(item.phonesRevealed, 'phone')}</span>`,
};
const leads = {title: 'Leads', kind: 'number minor', cell: item => format.number(item.leadsSourced)};
const phones = {title: 'Phones', kind: 'number minor', cell: item => format.number(item.phonesRevealed)};
const quota = {title: 'Quota', kind: 'quota', cell: (item, workspace) => quotaBar(item, workspace)};
const projected = {
  title: 'Projected usage',
  sort: 'projectedUsage',
  kind: 'number',
  cell: (item, workspace) => projection(item, workspace),
};
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

export const columnsOf = layout => LAYOUTS[layout];

/** A projection with its range, until when it is and what it goes by; or why there is none. */
function projection(item, {timeZone, period}) {
  const {by, basis} = projectionWords(item, period, timeZone, serverNow());
  if (item.projectedUsage === null) return html`<span class="muted small">${basis}</span>`;
  const ranged = item.projectedLow !== null && item.projectedHigh !== null && item.projectedLow !== item.projectedHigh;
  return html`<span data-value=${item.projectedUsage}>${format.number(item.projectedUsage)}</span>
    ${ranged ? html`<span class="under">${format.number(item.projectedLow)} – ${format.number(item.projectedHigh)}</span>` : nothing}
    ${by ? html`<span class="under by">${by}</span>` : nothing}
    ${basis ? html`<span class="under basis">${basis}</span>` : nothing}`;
}

/** How long the credits last and what will expire unused, in plain words. */
import {html, nothing} from '../element.js';
import {serverNow} from '../api.js';
import {dayOf} from '../days.js';
import * as format from '../format.js';
import * as icons from '../icons.js';
import './runway-basis.js';

const EXPIRY_NOTICE_DAYS = 30;

export function outlook(credits) {
  return html`${runway(credits)}${expiryNotice(credits)}`;
}

function runway({workspaceId, runway, remaining, overage, grants, timeZone}) {
  if (remaining === 0 && overage === 0) return usedUp;
  if (!runway || remaining === 0) return nothing;
  const {depletesAt, earliest, latest} = runway;
  const around = instant => aroundDate(instant, timeZone);
  const expires =
    depletesAt &&
    grants.some(grant => grant.expiresAt && Math.abs(Date.parse(grant.expiresAt) - Date.parse(depletesAt)) <= 60_000);
  const range =
    earliest && latest
      ? `Most likely between ${around(earliest)} and ${around(latest)}.`
      : earliest
        ? `Most likely not before ${around(earliest)}.`
        : null;
  return html`<div class="runway">
    <p class="runway-line">
      ${
        depletesAt
          ? html`Lasts until ${expires ? '' : 'about '}<b><time datetime=${depletesAt}>${around(depletesAt)}</time></b
              >${expires ? ', when the last of it expires' : ''}`
          : html`<b>No end foreseen</b> at today's pace`
      }
    </p>
    ${range && depletesAt && around(earliest) !== around(latest ?? earliest) ? html`<p class="muted small">${range}</p>` : nothing}
    ${depletesAt ? nothing : html`<p class="muted small">It is more than two years away, or there is too little usage to go by.</p>`}
    <runway-basis .workspaceId=${workspaceId} .timeZone=${timeZone}></runway-basis>
  </div>`;
}

const usedUp = html`<div class="callout warning">
  ${icons.warning}
  <p><b>All credits are used.</b> Further usage is counted as overage, which the next grant pays first.</p>
</div>`;

function aroundDate(instant, timeZone) {
  const thisYear = dayOf(serverNow(), timeZone).slice(0, 4) === dayOf(instant, timeZone).slice(0, 4);
  return !thisYear ? format.date(instant, timeZone) : format.shortDate(instant, timeZone);
}

function expiryNotice({runway, daysRemaining, expiresAt, timeZone, grants}) {
  const forfeited = runway?.forfeitedAtExpiry ?? 0;
  if (forfeited > 0) {
    const several = grants.filter(grant => grant.status === 'ACTIVE' && grant.expiresAt).length > 1;
    return html`<div class="callout warning">
      ${icons.warning}
      <p>
        <b>About ${format.counted(forfeited, 'credit')} will expire unused</b> at today's
        pace${several || !expiresAt ? ', as your grants reach their dates' : `, on ${format.date(expiresAt, timeZone)}`}.
      </p>
    </div>`;
  }
  if (daysRemaining === null || daysRemaining > EXPIRY_NOTICE_DAYS) return nothing;
  const next = grants
    .filter(grant => grant.status === 'ACTIVE' && grant.expiresAt === expiresAt)
    .reduce((sum, grant) => sum + grant.remaining, 0);
  return html`<div class="callout notice">
    ${icons.info}
    <p>
      <b>${format.counted(next, 'credit')}</b>
      ${daysRemaining === 0 ? 'expire today' : `expire in ${format.counted(daysRemaining, 'day')}`}, on
      ${format.dateTime(expiresAt, timeZone)}.
    </p>
  </div>`;
}

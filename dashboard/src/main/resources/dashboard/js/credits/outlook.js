/** How long the credits last and what will expire unused, in plain words. */
import {html, nothing} from '../element.js';
import {serverNow} from '../api.js';
import * as format from '../format.js';
import * as icons from '../icons.js';

const EXPIRY_NOTICE_DAYS = 30;

export function outlook(credits) {
  return html`${runway(credits)}${expiryNotice(credits)}`;
}

function runway({runway, remaining, timeZone}) {
  if (!runway || remaining === 0) return nothing;
  const {depletesAt, earliest, latest} = runway;
  const around = instant => aroundDate(instant, timeZone);
  const between = earliest && latest ? `between ${around(earliest)} and ${around(latest)}`
    : earliest ? `not before ${around(earliest)}` : null;
  return html`<div class="runway">
    <p class="runway-line">${depletesAt
      ? html`Lasts until about <b><time datetime=${depletesAt}>${around(depletesAt)}</time></b>`
      : html`<b>Not expected to run out</b> at today's pace`}</p>
    ${depletesAt && between ? html`<p class="muted small">Most likely ${between}.</p>` : nothing}
    <details class="explain"><summary>How this is worked out</summary>
      <p>Your campaigns' recent pace, weekdays and all, is played forward over the actual grants and their expiry dates, as of the last full minute.
        The range holds the outcome eight times out of ten.</p></details>
  </div>`;
}

function aroundDate(instant, timeZone) {
  const far = Math.abs(Date.parse(instant) - serverNow()) > 300 * 86_400_000;
  return far ? format.date(instant, timeZone) : format.shortDate(instant, timeZone);
}

function expiryNotice({runway, daysRemaining, expiresAt, timeZone, grants}) {
  const forfeited = runway?.forfeitedAtExpiry ?? 0;
  if (forfeited > 0) {
    const several = grants.filter(grant => grant.status === 'ACTIVE' && grant.expiresAt).length > 1;
    return html`<div class="callout warning">${icons.warning}
      <p><b>About ${format.counted(forfeited, 'credit')} will expire unused</b> at today's pace${several || !expiresAt ? ', as your grants reach their dates' : `, on ${format.date(expiresAt, timeZone)}`}.</p></div>`;
  }
  if (daysRemaining === null || daysRemaining > EXPIRY_NOTICE_DAYS) return nothing;
  const next = grants.filter(grant => grant.status === 'ACTIVE' && grant.expiresAt === expiresAt).reduce((sum, grant) => sum + grant.remaining, 0);
  return html`<div class="callout notice">${icons.info}
    <p><b>${format.counted(next, 'credit')}</b> ${daysRemaining === 0 ? 'expire today' : `expire in ${format.counted(daysRemaining, 'day')}`}, on ${format.dateTime(expiresAt, timeZone)}.</p></div>`;
}

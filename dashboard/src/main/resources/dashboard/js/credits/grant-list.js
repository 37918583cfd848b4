/** The workspace's grants, each with its rest and dates: live ones first, ended ones behind a button. */
import {html, nothing} from '../element.js';
import * as format from '../format.js';
import {grantWords} from '../forecast-text.js';
import {inOrderOfUse} from '../grants.js';
import {GRANT} from '../labels.js';

const SHOWN = 3;

/** @param {Api.Credits} credits @param {boolean} all @param {() => void} toggle */
export function grantList(credits, all, toggle) {
  const grants = inOrderOfUse(credits.grants);
  const shown = all ? grants : grants.slice(0, SHOWN);
  return html`<section class="grants" aria-labelledby="grants-title">
    <h3 id="grants-title">Credit grants</h3>
    <ul class="grant-list">
      ${shown.map(grant => item(grant, credits.timeZone))}
    </ul>
    ${
      grants.length > SHOWN
        ? html`<button class="button small" aria-expanded=${all} @click=${toggle}>
            ${all ? 'Show fewer' : `Show all ${format.number(grants.length)} grants`}
          </button>`
        : nothing
    }
  </section>`;
}

/** @param {Api.Grant} grant @param {Zone} timeZone */
function item(grant, timeZone) {
  const live = grant.status === 'ACTIVE' || grant.status === 'SCHEDULED';
  const share = grant.amount === 0 ? 0 : (grant.remaining / grant.amount) * 100;
  return html`<li class="grant ${live ? '' : 'ended'}" data-grant=${grant.grantId}>
    <div class="grant-head">
      <span class="grant-rest"
        >${
          live
            ? html`<b>${format.number(grant.remaining)}</b>
                <span class="muted">of ${format.number(grant.amount)}</span>`
            : html`<b>${format.number(grant.amount)}</b> <span class="muted">granted</span>`
        }</span
      >
      <span class="badge grant-${grant.status.toLowerCase()}">${GRANT[grant.status]}</span>
    </div>
    ${
      live
        ? html`<svg class="meter" aria-hidden="true" width="100%" height="6">
            <rect class="meter-track" width="100%" height="6" rx="3" />
            <rect class="meter-fill" width="${share}%" height="6" rx="3" />
          </svg>`
        : nothing
    }
    <p class="grant-dates muted"><bdi>${grant.grantId}</bdi> · ${grantWords(grant, timeZone)}</p>
  </li>`;
}

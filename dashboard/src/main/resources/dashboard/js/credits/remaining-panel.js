/** Remaining Credits: the balance, how long it lasts, the grants it is made of. */
import {CreditElement, html, nothing} from '../element.js';
import {serverNow} from '../clock.js';
import * as format from '../format.js';
import * as icons from '../icons.js';
import * as url from '../url-state.js';
import {panelFailure} from '../shell/notices.js';
import {grantList} from './grant-list.js';
import {creditsForecast, daysText, expiringText, noExpiryText} from '../forecast-text.js';
import {forecastLines} from './forecast-callouts.js';
import './runway-basis.js';

class RemainingPanel extends /** @type {With<BalanceProperties>} */ (CreditElement) {
  static properties = {
    live: {attribute: false},
    credits: {attribute: false},
    problem: {attribute: false},
    workspace: {attribute: false},
    allGrants: {state: true},
  };

  /** @param {Changed} changed */
  willUpdate(changed) {
    const before = changed.get('workspace');
    if (before && before.workspaceId !== this.workspace.workspaceId) this.allGrants = false;
  }

  render() {
    const {credits, problem} = this;
    return html` <header class="card-head"><h2 id="remaining-title">Remaining Credits</h2></header>
      ${problem && !credits ? panelFailure(problem, () => this.live.retry()) : !credits ? skeleton : this.#balance(credits)}
      <a class="panel-link" href=${url.hrefOfHistory()}>View Credit History ${icons.arrow}</a>
      ${credits?.grants.length ? grantList(credits, Boolean(this.allGrants), () => (this.allGrants = !this.allGrants)) : nothing}`;
  }

  /** @param {Api.Credits} credits */
  #balance(credits) {
    if (credits.grants.length === 0) return this.#noGrants(credits);
    const {remaining, allocated, expiresAt, daysRemaining, timeZone} = credits;
    return html` <p class="balance">
        <span class="balance-number" data-value=${remaining}>${format.number(remaining)}</span>
        <span class="muted">of <span data-allocated=${allocated}>${format.number(allocated)}</span> allocated</span>
        ${credits.overage > 0 ? html`<span class="warn">${format.number(credits.overage)} over</span>` : nothing}
      </p>
      ${allocated === 0 ? nothing : meter(credits)} ${overage(credits)}
      <dl class="facts">
        <div>
          <dt>Days remaining</dt>
          <dd data-days=${daysRemaining}>${daysText(credits)}</dd>
          ${daysRemaining === null ? nothing : html`<dd class="under">until ${expiringText(credits)}</dd>`}
        </div>
        <div>
          <dt>Expiration date</dt>
          <dd class="small">
            ${expiresAt ? html`<time datetime=${expiresAt}>${format.exact(expiresAt, timeZone)}</time>` : noExpiryText(credits)}
          </dd>
        </div>
      </dl>
      <div class="runway">
        ${forecastLines(creditsForecast(credits, serverNow()))}
        ${credits.runway?.depletesAt ? html`<runway-basis .workspaceId=${credits.workspaceId} .timeZone=${timeZone}></runway-basis>` : nothing}
      </div>`;
  }

  /** @param {Api.Credits} credits */
  #noGrants(credits) {
    return html`<p class="balance">
        <span class="balance-number" data-value="0">${format.number(0)}</span> <span class="muted">credits</span>
      </p>
      ${overage(credits)}
      <div class="empty compact">
        <p><b>No credits granted yet</b></p>
        <p class="muted">
          Credits show here as soon as a grant is booked. Usage is counted meanwhile, nothing is lost.
        </p>
      </div>`;
  }
}

/** @param {Api.Credits} credits */
function meter({remaining, allocated, consumed}) {
  const level = remaining * 10 <= allocated ? 'critical' : remaining * 5 <= allocated ? 'low' : '';
  const left = `${format.share(remaining, allocated)} left`;
  return html`<svg class="meter big ${level}" aria-hidden="true" width="100%" height="10">
      <rect class="meter-track" width="100%" height="10" rx="5" />
      <rect class="meter-fill" width="${(remaining / allocated) * 100}%" height="10" rx="5" />
    </svg>
    <p class="meter-legend muted"><span>${left}</span><span>${format.number(consumed)} used of what is allocated</span></p>`;
}

/** @param {Api.Credits} credits */
const overage = ({overage}) =>
  overage === 0
    ? nothing
    : html`<div class="callout critical">
        ${icons.warning}
        <p>
          <b
            ><span data-overage=${overage}>${format.number(overage)}</span> ${overage === 1 ? 'credit' : 'credits'} of
            overage.</b
          >
          Usage that no grant covered yet. The next grant pays it first.
        </p>
      </div>`;

const skeleton = html`<div class="skeleton-balance" aria-hidden="true">
    <i class="skeleton tall"></i><i class="skeleton wide"></i><i class="skeleton"></i><i class="skeleton"></i>
  </div>
  <p class="visually-hidden">Loading the balance</p>`;

customElements.define('remaining-panel', RemainingPanel);

/** The balance in one line, for pages that are about something else: what is left, of how much, and until when. */
import {serverNow} from '../clock.js';
import {html, nothing} from '../element.js';
import * as format from '../format.js';
import * as icons from '../icons.js';
import {daysText, expiringText, glanceForecast} from '../forecast-text.js';
import * as url from '../url-state.js';
import {forecastLine} from './forecast-callouts.js';

/** @param {Live<Api.Credits>} live of the credits route */
export function creditGlance({data, problem}) {
  return html`<section class="card glance" aria-label="Remaining credits">
    ${data ? balance(data) : problem ? html`<p>The balance cannot be loaded. ${problem.message}</p>` : html`<i class="skeleton" aria-hidden="true"></i>`}
    <a class="panel-link" href=${url.hrefOfPage('settings/credits')}>Credits ${icons.arrow}</a>
  </section>`;
}

/** @param {Api.Credits} credits */
function balance(credits) {
  const {remaining, allocated, overage, daysRemaining, expiresAt, timeZone} = credits;
  const forecast = glanceForecast(credits, serverNow());
  return html`<dl class="summary">
    <div>
      <dt>Remaining credits</dt>
      <dd>
        <span data-remaining=${remaining}>${format.number(remaining)}</span>
        <span class="delta muted">of ${format.number(allocated)} allocated</span>
        ${overage > 0 ? html`<span class="delta warn" data-overage=${overage}>${format.number(overage)} over</span>` : nothing}
      </dd>
    </div>
    <div>
      <dt>Days to the next expiry</dt>
      <dd data-days=${daysRemaining}>
        ${daysText(credits)}
        ${expiresAt ? html`<span class="delta muted expiring">${expiringText(credits)} on <time datetime=${expiresAt} title=${format.exact(expiresAt, timeZone)}>${format.moment(expiresAt, timeZone)}</time></span>` : nothing}
      </dd>
    </div>
    <div class="glance-forecast">
      <dt>Forecast</dt>
      ${
        forecast.length === 0
          ? html`<dd class="small">${credits.grants.length === 0 ? 'No credits granted yet' : 'None'}</dd>`
          : forecast.map(one => html`<dd class="small" data-says=${one.key}>${forecastLine(one)}</dd>`)
      }
    </div>
  </dl>`;
}

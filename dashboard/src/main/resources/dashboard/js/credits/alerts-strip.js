/** What needs attention now, the workspace's own first; everything that was raised behind a button. */
import {CreditElement, html, nothing} from '../element.js';
import {folded, messageOf, mostSevere, thresholdText} from '../alerts.js';
import * as format from '../format.js';
import * as icons from '../icons.js';
import * as url from '../url-state.js';
import {ALERT, LEVEL} from '../labels.js';

const SHOWN = 3;

class AlertsStrip extends /** @type {With<StripProperties>} */ (CreditElement) {
  /**
   * `inForce`: in the server's order; `raised`: all alerts, in force or not, newest first; `more`, `moreInForce`:
   * there are more than these; `problem`: why what is in force is not known; `here`: the strip stands on the campaign's own page,
   * which needs no link to itself.
   */
  static properties = {
    inForce: {attribute: false},
    moreInForce: {attribute: false},
    raised: {attribute: false},
    more: {attribute: false},
    problem: {attribute: false},
    workspace: {attribute: false},
    here: {attribute: false},
    all: {state: true},
    every: {state: true},
  };

  render() {
    const lines = folded(this.inForce, this.moreInForce);
    const raised = mostSevere(this.raised ?? []);
    if (lines.length === 0 && raised.length === 0 && !this.problem) return nothing;
    const shown = this.every ? lines : lines.slice(0, SHOWN);
    return html`<section class="alerts" aria-label="Alerts">
      ${this.problem ? html`<p class="callout warning">${icons.warning}<span>Alerts cannot be loaded. ${this.problem.message}</span></p>` : nothing}
      ${shown.map(line => this.#line(line))}
      <div class="alert-buttons">
        ${
          lines.length > SHOWN
            ? html`<button class="button small quiet disclosure" aria-expanded=${Boolean(this.every)} @click=${() => (this.every = !this.every)}>
                All in force (${format.number(this.inForce.length)}${this.moreInForce ? ' and more' : ''})
              </button>`
            : nothing
        }
        ${
          raised.length === 0
            ? nothing
            : html`<button class="button small quiet disclosure" aria-expanded=${Boolean(this.all)} @click=${() => (this.all = !this.all)}>
                ${this.more ? 'Latest alerts raised' : 'Alerts raised so far'}: ${format.number(raised.length)}
              </button>`
        }
      </div>
      ${this.all ? html`<ul class="alert-list" aria-label="Alerts raised, in force or not, newest first">${raised.map(alert => this.#listed(alert))}</ul>` : nothing}
    </section>`;
  }

  /** @param {AlertLine} line */
  #line({alerts, heading}) {
    const [alert] = alerts;
    if (!heading) return this.#alert(alert);
    return html`<div class="callout ${alert.level.toLowerCase()}">
      ${icons.warning}
      <details class="grow">
        <summary>${levelBadge(alert)} <b>${ALERT[alert.kind]}.</b> ${heading}</summary>
        <ul>
          ${alerts.map(one => html`<li data-alert=${one.alertId}>${this.#message(one)} <span class="muted">${thresholdText(one)}</span></li>`)}
        </ul>
      </details>
    </div>`;
  }

  /** @param {Api.Alert} alert */
  #alert(alert) {
    return html`<div class="callout ${alert.level.toLowerCase()}" data-alert=${alert.alertId}>
      ${icons.warning}
      <p>${levelBadge(alert)} <b>${ALERT[alert.kind]}.</b> ${this.#message(alert)}</p>
      <time class="muted small" datetime=${alert.occurredAt}
        >raised ${format.moment(alert.occurredAt, this.workspace.timeZone)}</time
      >
    </div>`;
  }

  /** @param {Api.Alert} alert */
  #message(alert) {
    return html`<bdi>${messageOf(alert, this.workspace.timeZone)}</bdi>
      ${alert.campaignId && !this.here ? html` <a href=${url.hrefOfCampaign(alert.campaignId)}>See the campaign</a>` : nothing}`;
  }

  /** @param {Api.Alert} alert */
  #listed(alert) {
    return html`<li>
      ${levelBadge(alert)}
      <span class="alert-message"
        ><b>${ALERT[alert.kind]}</b>${crossed(alert)} · <bdi>${messageOf(alert, this.workspace.timeZone)}</bdi></span
      >
      <time class="muted" datetime=${alert.occurredAt}>raised ${format.dateTime(alert.occurredAt, this.workspace.timeZone)}</time>
    </li>`;
  }
}

/** @param {Api.Alert} alert */
const crossed = alert => [thresholdText(alert)].filter(Boolean).map(text => `, ${text}`).join('');

/** @param {Api.Alert} alert */
const levelBadge = ({level}) => html`<span class="badge level-${level.toLowerCase()}">${LEVEL[level]}</span>`;

customElements.define('alerts-strip', AlertsStrip);

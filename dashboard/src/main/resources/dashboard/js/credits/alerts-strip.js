/** What needs attention now: of each subject the latest alert, unless it has recovered; all of them behind a button. */
import {CreditElement, html, nothing} from '../element.js';
import {inForce, messageOf} from '../alerts.js';
import * as format from '../format.js';
import * as icons from '../icons.js';
import * as url from '../url-state.js';
import {ALERT, LEVEL} from '../words.js';

const SHOWN = 3;

class AlertsStrip extends CreditElement {
  /** `more`: there are older ones than `alerts`; `here`: the strip stands on the campaign's own page, which needs no link to itself. */
  static properties = {
    alerts: {attribute: false},
    more: {attribute: false},
    workspace: {attribute: false},
    here: {attribute: false},
    all: {state: true},
  };

  render() {
    if (this.alerts.length === 0) return nothing;
    const shown = inForce(this.alerts).slice(0, SHOWN);
    return html`<section class="alerts" aria-label="Alerts">
      ${shown.map(alert => this.#alert(alert))}
      ${
        shown.length === this.alerts.length
          ? nothing
          : html`<button class="button small quiet" aria-expanded=${Boolean(this.all)} @click=${() => (this.all = !this.all)}>
              ${this.all ? 'Hide all alerts' : `${this.more ? 'Latest' : 'All'} alerts (${format.number(this.alerts.length)})`}
            </button>`
      }
      ${
        this.all
          ? html`<ul class="alert-list">
              ${this.alerts.map(
                alert =>
                  html`<li>
                    <span class="badge level-${alert.level.toLowerCase()}">${LEVEL[alert.level]}</span>
                    <span class="alert-message"><b>${ALERT[alert.kind]}</b> · <bdi>${messageOf(alert, this.workspace.timeZone)}</bdi></span>
                    <time class="muted" datetime=${alert.occurredAt}
                      >${format.dateTime(alert.occurredAt, this.workspace.timeZone)}</time
                    >
                  </li>`,
              )}
            </ul>`
          : nothing
      }
    </section>`;
  }

  #alert(alert) {
    return html`<div class="callout ${alert.level.toLowerCase()}" data-alert=${alert.alertId}>
      ${icons.warning}
      <p>
        <b>${ALERT[alert.kind]}.</b>
        <bdi>${messageOf(alert, this.workspace.timeZone)}</bdi>
        ${alert.campaignId && !this.here ? html` <a href=${url.hrefOfPage('campaign', {campaign: alert.campaignId})}>See the campaign</a>` : nothing}
      </p>
      <time class="muted small" datetime=${alert.occurredAt}
        >${format.moment(alert.occurredAt, this.workspace.timeZone)}</time
      >
    </div>`;
  }
}

customElements.define('alerts-strip', AlertsStrip);

/** The Credits tab: alerts, Remaining Credits, Credit Usage Trends, Usage by Campaign. */
import {CreditElement, html} from '../element.js';
import {PERIOD} from '../forecast-text.js';
import {unknownWorkspace} from '../shell/notices.js';
import {WorkspaceLive} from './workspace-live.js';
import '../campaigns/campaign-table.js';
import './alerts-strip.js';
import './remaining-panel.js';
import './trends-panel.js';

class CreditsTab extends /** @type {With<PageProperties>} */ (CreditElement) {
  static properties = {context: {attribute: false}, route: {attribute: false}, workspace: {attribute: false}};

  constructor() {
    super();
    this.live = new WorkspaceLive(this, () => this.workspace.workspaceId);
  }

  updated() {
    this.dispatchEvent(new CustomEvent('unknown-workspace', {detail: this.#isUnknown()}));
  }

  #isUnknown() {
    return this.live.balance.problem?.status === 404;
  }

  render() {
    const {live} = this;
    if (this.#isUnknown()) return unknownWorkspace(this.workspace.workspaceId, this.context.config);
    const {data, problem} = live.balance;
    const workspace = live.describe(this.workspace);
    return html` <alerts-strip
        .inForce=${live.inForce}
        .raised=${live.raised}
        .more=${live.moreRaised}
        .moreInForce=${live.moreInForce}
        .problem=${live.alerts.problem}
        .workspace=${workspace}
      ></alerts-strip>
      <div class="panels ${live.alertsKnown ? '' : 'held'}">
        <section class="card remaining" aria-labelledby="remaining-title">
          <remaining-panel
            .live=${live.balance}
            .credits=${data}
            .problem=${problem}
            .workspace=${workspace}
          ></remaining-panel>
        </section>
        <section class="card trends" aria-labelledby="trends-title">
          <trends-panel
            .route=${this.route}
            .workspace=${workspace}
            .ready=${data !== null || problem !== null}
            .credits=${data}
            .alerts=${live.raised}
          ></trends-panel>
        </section>
        <section class="card usage" aria-labelledby="usage-title">
          <header class="card-head">
            <h2 id="usage-title">Usage by Campaign <span class="muted small">of all time</span></h2>
          </header>
          <campaign-table layout="usage" .rows=${25} .workspace=${workspace} .route=${this.route}></campaign-table>
          <details class="explain">
            <summary>How projected usage is worked out</summary>
            <p>
              Projected usage is what a campaign will have used by its end: its end date, else the end of the credit
              period (${PERIOD}), else 30 days from now. It carries on the campaign's own
              last days, as many as are named under it (at most 56, recent ones counting most), with each day of the week
              at its own pace; pauses are left out and single spikes count little. The range holds the outcome eight times out of ten. A campaign
              that is not active is expected to use nothing more. A quota warns, it never stops a campaign.
            </p>
          </details>
        </section>
      </div>`;
  }
}

customElements.define('credits-tab', CreditsTab);

/** The Credits tab: alerts, Remaining Credits, Credit Usage Trends, Usage by Campaign. */
import {CreditElement, html} from '../element.js';
import {Live} from '../live.js';
import * as paths from '../paths.js';
import {unknownWorkspace} from '../shell/notices.js';
import '../campaigns/campaign-table.js';
import './alerts-strip.js';
import './remaining-panel.js';
import './trends-panel.js';

/** The panels stand below the alerts, so they wait for them a little instead of being pushed down. */
const ALERTS_WAIT_MS = 2_500;
const NO_ALERTS = [];

class CreditsTab extends CreditElement {
  static properties = {
    context: {attribute: false},
    route: {attribute: false},
    workspace: {attribute: false},
    waited: {state: true},
  };

  constructor() {
    super();
    this.credits = new Live(this, () => paths.credits(this.workspace.workspaceId));
    this.alerts = new Live(this, () => paths.alerts(this.workspace.workspaceId, {limit: 200}), {quiet: true});
  }

  connectedCallback() {
    super.connectedCallback();
    setTimeout(() => (this.waited = true), ALERTS_WAIT_MS);
  }

  render() {
    const {data, problem} = this.credits;
    if (problem?.status === 404) return unknownWorkspace(this.workspace.workspaceId, this.context.config);
    const workspace = data ? {...this.workspace, name: data.name, timeZone: data.timeZone} : this.workspace;
    const alerts = this.alerts.data?.items ?? NO_ALERTS;
    const alertsKnown = this.alerts.data || this.alerts.problem || this.waited;
    return html` <alerts-strip .alerts=${alerts} .more=${Boolean(this.alerts.data?.nextCursor)} .workspace=${workspace}></alerts-strip>
      <div class="panels ${alertsKnown ? '' : 'held'}">
        <section class="card remaining" aria-labelledby="remaining-title">
          <remaining-panel
            .live=${this.credits}
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
            .period=${data?.period ?? null}
            .alerts=${alerts}
          ></trends-panel>
        </section>
        <section class="card usage" aria-labelledby="usage-title">
          <header class="card-head"><h2 id="usage-title">Usage by Campaign</h2></header>
          <campaign-table layout="usage" .rows=${25} .workspace=${workspace} .route=${this.route}></campaign-table>
          <details class="explain">
            <summary>How projected usage is worked out</summary>
            <p>
              Projected usage is what a campaign will have used by its end: its end date, else the end of the credit
              period, else 30 days from now. It carries on the campaign's own last active days, as many as are named
              under it (at most 56, recent ones counting most), with each day of the week at its own pace; pauses are
              left out and single spikes count little. The range holds the outcome eight times out of ten. A campaign
              that is not active is expected to use nothing more. A quota warns, it never stops a campaign.
            </p>
          </details>
        </section>
      </div>`;
  }
}

customElements.define('credits-tab', CreditsTab);

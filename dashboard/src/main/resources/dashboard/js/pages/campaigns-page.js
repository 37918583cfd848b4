/** The landing page: the balance at a glance, what needs attention, and every campaign with its source, status and spend. */
import {CreditElement, html} from '../element.js';
import {creditGlance} from '../credits/credit-glance.js';
import {WorkspaceLive} from '../credits/workspace-live.js';
import * as format from '../format.js';
import {unknownWorkspace} from '../shell/notices.js';
import {pageHead} from './page-head.js';
import '../campaigns/campaign-table.js';
import '../credits/alerts-strip.js';

class CampaignsPage extends /** @type {With<PageProperties & {unknown?: boolean}>} */ (CreditElement) {
  static properties = {
    context: {attribute: false},
    route: {attribute: false},
    workspace: {attribute: false},
    unknown: {state: true},
  };

  constructor() {
    super();
    this.live = new WorkspaceLive(this, () => this.workspace.workspaceId, {withRaised: false});
  }

  /** @param {Changed} changed */
  willUpdate(changed) {
    if (changed.has('workspace')) this.unknown = false;
  }

  render() {
    if (this.unknown) return unknownWorkspace(this.workspace.workspaceId, this.context.config);
    const {live} = this;
    const workspace = live.describe(this.workspace);
    return html` ${pageHead('Campaigns')} ${creditGlance(live.balance)}
      <alerts-strip
        .inForce=${live.inForce}
        .moreInForce=${live.moreInForce}
        .problem=${live.alerts.problem}
        .workspace=${workspace}
      ></alerts-strip>
      <section class="card ${live.alertsKnown ? '' : 'held'}" aria-label="Campaigns">
        <campaign-table
          layout="spend"
          .rows=${50}
          .workspace=${workspace}
          .route=${this.route}
          @unknown-workspace=${() => (this.unknown = true)}
        ></campaign-table>
      </section>
      <p class="muted small zone-line">Times in ${format.zone(workspace.timeZone)}</p>`;
  }
}

customElements.define('campaigns-page', CampaignsPage);

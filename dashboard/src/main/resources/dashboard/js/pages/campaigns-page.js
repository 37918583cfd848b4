/** The landing page: every campaign with its source, status and spend. */
import {CreditElement, html} from '../element.js';
import {unknownWorkspace} from '../shell/notices.js';
import {pageHead} from './page-head.js';
import '../campaigns/campaign-table.js';

class CampaignsPage extends CreditElement {
  static properties = {
    context: {attribute: false},
    route: {attribute: false},
    workspace: {attribute: false},
    unknown: {state: true},
  };

  willUpdate(changed) {
    if (changed.has('workspace')) this.unknown = false;
  }

  render() {
    if (this.unknown) return unknownWorkspace(this.workspace.workspaceId, this.context.config);
    return html` ${pageHead('Campaigns')}
      <section class="card" aria-label="Campaigns">
        <campaign-table
          layout="spend"
          .rows=${50}
          .workspace=${this.workspace}
          .route=${this.route}
          @unknown-workspace=${() => (this.unknown = true)}
        ></campaign-table>
      </section>`;
  }
}

customElements.define('campaigns-page', CampaignsPage);

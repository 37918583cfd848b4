/** Settings: its tabs, of which Credits is ours and the others are links of the deployment. */
import {CreditElement, html, nothing} from '../element.js';
import * as icons from '../icons.js';
import * as url from '../url-state.js';
import {notAllowed, safeHref} from '../shell/notices.js';
import {pageHead} from './page-head.js';
import '../credits/credits-tab.js';

const LINKED = [
  ['team', 'Team'],
  ['integrations', 'Integrations'],
  ['sourcing', 'Sourcing'],
];

class SettingsPage extends /** @type {With<PageProperties & {unknown?: boolean}>} */ (CreditElement) {
  static properties = {
    context: {attribute: false},
    route: {attribute: false},
    workspace: {attribute: false},
    unknown: {state: true},
  };

  render() {
    const {config, mayRead} = this.context;
    if (!mayRead) return html`${this.#tabs()}${notAllowed(config)}`;
    return html` ${this.unknown ? nothing : pageHead('Settings')} ${this.#tabs()}
      <credits-tab
        .context=${this.context}
        .route=${this.route}
        .workspace=${this.workspace}
        @unknown-workspace=${({detail}) => (this.unknown = Boolean(detail))}
      ></credits-tab>`;
  }

  #tabs() {
    const {
      config: {links},
      mayRead,
    } = this.context;
    const linked = LINKED.filter(([key]) => links[key] && safeHref(links[key]));
    if (!mayRead && linked.length === 0) return nothing;
    return html`<nav class="tabs" aria-label="Settings">
      ${linked.map(([key, text]) => html`<a class="tab" href=${safeHref(links[key])}>${text}${icons.external}</a>`)}
      ${mayRead ? html`<a class="tab" href=${url.hrefOfPage('settings/credits')} aria-current="page">Credits</a>` : nothing}
    </nav>`;
  }
}

customElements.define('settings-page', SettingsPage);

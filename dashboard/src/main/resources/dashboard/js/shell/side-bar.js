/** The left sidebar: workspace switcher, Campaigns, Operations, and Settings at its bottom. A drawer on small screens. */
import {inWorkspace} from '../address.js';
import {CreditElement, html, nothing} from '../element.js';
import * as icons from '../icons.js';
import * as session from '../session.js';
import * as url from '../url-state.js';

class SideBar extends /** @type {With<{context: Context | null, route: Route, open: boolean}>} */ (CreditElement) {
  static properties = {context: {attribute: false}, route: {attribute: false}, open: {state: true}};

  constructor() {
    super();
    this.open = false;
    addEventListener('keydown', event => {
      if (event.key === 'Escape' && this.open && !event.defaultPrevented) {
        this.open = false;
        /** @type {HTMLElement | null} */ (this.querySelector('.menu-button'))?.focus();
      }
    });
  }

  /** @param {Changed} changed */
  willUpdate(changed) {
    const choosing = this.querySelector('.workspace')?.contains(document.activeElement); // and may choose on
    if (changed.has('route') && !choosing) this.open = false;
  }

  render() {
    const {context} = this;
    return html` <div class="sidebar-head">
        <a class="brand" href=${url.hrefOf({w: this.route.w})}
          ><img src="favicon.svg" alt="" width="28" height="28" /><span>Creditflow</span></a
        >
        <button
          class="icon-button menu-button"
          aria-expanded=${this.open}
          aria-controls="sidebar-body"
          @click=${() => (this.open = !this.open)}
        >
          ${icons.menu}<span class="visually-hidden">Menu</span>
        </button>
      </div>
      <div id="sidebar-body" class="sidebar-body ${this.open ? 'open' : ''}">
        ${
          context?.me
            ? html`${this.#switcher(context)} ${context.unlisted ? html`<p class="workspace muted small">${context.unlisted}</p>` : nothing}
                <nav class="nav" aria-label="Main">${this.#links(context, context.me)}</nav>`
            : nothing
        }
      </div>`;
  }

  /** @param {Context} context */
  #switcher({workspaces}) {
    if (workspaces.length === 0) return nothing;
    const present = this.route.w ?? workspaces[0].workspaceId;
    if (workspaces.length === 1 && present === workspaces[0].workspaceId) {
      return html`<div class="workspace">
        <span class="workspace-label">Workspace</span><b><bdi>${nameOf(workspaces[0])}</bdi></b>
      </div>`;
    }
    const known = workspaces.some(workspace => workspace.workspaceId === present);
    return html`<label class="workspace"
      ><span class="workspace-label">Workspace</span>
      <select class="select" @change=${event => url.visit(url.hrefOf(inWorkspace(this.route, event.target.value)))}>
        ${known ? nothing : html`<option value=${present} selected>${present}</option>`}
        ${workspaces.map(workspace => html`<option value=${workspace.workspaceId} .selected=${workspace.workspaceId === present}>${nameOf(workspace)}</option>`)}
      </select></label
    >`;
  }

  /** @param {Context} context @param {Api.Me} me */
  #links({mayRead, mayOperate}, me) {
    const {page} = this.route;
    /** @param {string} name @param {string} text @param {Template} icon @param {boolean} current */
    const link = (name, text, icon, current) =>
      html`<a
        class="nav-link"
        href=${url.hrefOf({w: this.route.w, page: name})}
        aria-current=${current ? 'page' : nothing}
        >${icon}<span>${text}</span></a
      >`;
    return html` ${mayRead || !mayOperate ? link('campaigns', 'Campaigns', icons.campaigns, page === 'campaigns' || page === 'campaign') : nothing}
      ${mayOperate ? link('operations', 'Operations', icons.operations, page === 'operations' || (!mayRead && !page.startsWith('settings'))) : nothing}
      <span class="nav-gap"></span>
      ${mayRead || !mayOperate ? link(mayRead ? 'settings/credits' : 'settings', 'Settings', icons.settings, page.startsWith('settings')) : nothing}
      <button class="nav-link" @click=${() => session.end('signed-out')}>${icons.signOut}<span>Sign out</span></button>
      ${me.subject ? html`<p class="subject">Signed in as <bdi>${me.subject}</bdi></p>` : nothing}`;
  }
}

/** @param {Workspace} workspace */
const nameOf = workspace => workspace.name || workspace.workspaceId;

customElements.define('side-bar', SideBar);

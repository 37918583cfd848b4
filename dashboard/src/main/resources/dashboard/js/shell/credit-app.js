/** The application: who is signed in, which workspace, which page. */
import {understood} from '../address.js';
import {announce, hush} from '../announce.js';
import {CreditElement, html, nothing} from '../element.js';
import {focusPlace} from '../focus.js';
import * as session from '../session.js';
import * as url from '../url-state.js';
import {loadContext} from './context.js';
import {pageOf, workspaceOf} from './pages.js';
import {addressNote, failure, linkNote, signedOut} from './notices.js';
import './side-bar.js';

/** What comes later does not take the focus from who reads on. */
const RETURN_MS = 5_000;

class CreditApp extends /** @type {With<AppProperties>} */ (CreditElement) {
  static properties = {context: {state: true}, problem: {state: true}, route: {state: true}, wrong: {state: true}};

  #loads = 0;
  /** @type {HTMLElement | null} */
  #arrivedAt = null; // the heading that got the focus
  /** @type {Element | null} */
  #headingOf = null;
  /** @type {string | undefined} */
  #heading;
  /** @type {Place | null} */
  #left = null; // what the focus goes back to once it is drawn
  #leftTimer = 0;

  constructor() {
    super();
    this.#read();
    url.onChange(() => this.#moved());
    addEventListener('creditflow:session', () => this.#enter());
    addEventListener('online', () => this.problem && this.#enter());
  }

  connectedCallback() {
    super.connectedCallback();
    new MutationObserver(() => this.#nameWindow()).observe(this, {childList: true, characterData: true, subtree: true});
    this.#load();
  }

  /** Loads anew what takes the place of all that is shown, a pressed button too. */
  #enter() {
    this.#load();
    hush();
    this.updateComplete.then(() => this.#arrive());
  }

  async #load() {
    const load = ++this.#loads;
    this.context = null;
    this.problem = null;
    try {
      const context = await loadContext();
      if (load !== this.#loads) return;
      this.context = context;
      this.#settleWorkspace(context);
    } catch (problem) {
      if (load !== this.#loads) return;
      if (!('status' in problem)) console.error(problem);
      this.problem = problem;
    }
  }

  /** The first workspace, unless the address names one. @param {Context} context */
  #settleWorkspace({workspaces}) {
    const [first] = workspaces;
    if (!this.route.w && first) url.change({w: first.workspaceId}, {replace: true});
  }

  #read() {
    const {route, wrong} = understood(url.read());
    this.route = {...route, page: route.page ?? url.LANDING};
    this.wrong = wrong;
  }

  #moved() {
    const before = this.route;
    this.#read();
    const {page, w, campaign} = this.route;
    const elsewhere = before.w !== w;
    if (before.page === page && !elsewhere && (page !== 'campaign' || before.campaign === campaign)) return;
    hush();
    if (elsewhere && before.w && document.activeElement?.closest('.workspace')) this.#sayWorkspace();
    else this.updateComplete.then(() => this.#arrive(url.leftFrom()));
  }

  /** Who chooses a workspace stays where it is chosen. */
  #sayWorkspace() {
    scrollTo(0, 0);
    announce(`Workspace: ${this.#workspaceName()}`);
  }

  #workspaceName() {
    const workspace = this.context && workspaceOf(this.context, this.route);
    return workspace ? workspace.name || workspace.workspaceId : '';
  }

  /**
   * After a change of page: top of the page, and focus on its heading so that screen readers read it; on the way back then
   * on what the page was left from.
   * @param {Place | null} [left]
   */
  #arrive(left = null) {
    scrollTo(0, 0);
    this.#left = left;
    clearTimeout(this.#leftTimer);
    this.#leftTimer = setTimeout(() => (this.#left = null), RETURN_MS);
    this.#arrivedAt = this.querySelector('h1');
    this.#arrivedAt?.focus({preventScroll: true});
  }

  /**
   * The window is called what the page's heading says, which pages draw later than this element, and after the workspace.
   * A heading that changes under the focus is said; one that takes its place gets the focus.
   */
  #nameWindow() {
    const h1 = this.querySelector('h1');
    const heading = h1?.textContent.trim();
    const workspace = session.token() === null || this.route.page === 'operations' ? '' : this.#workspaceName();
    const title = [heading, workspace, 'Creditflow'].filter(Boolean).join(' · ');
    const isFocused = h1 !== null && h1 === document.activeElement;
    if (h1 && this.#arrivedAt?.isConnected === false && document.activeElement === document.body) {
      this.#arrivedAt = h1;
      h1.focus({preventScroll: true});
    } else if (isFocused && heading && heading !== this.#heading && h1 === this.#headingOf) announce(heading);
    this.#heading = heading;
    this.#headingOf = h1;
    if (document.title !== title) document.title = title;
    if (this.#left && (document.activeElement !== h1 || focusPlace(this.#left))) this.#left = null;
  }

  render() {
    const {context, route} = this;
    const signedIn = session.token() !== null;
    const page = signedIn && context ? pageOf(context, route) : null;
    return html` <a class="skip" href="#content" @click=${this.#skip}>Skip to content</a>
      <div class="shell">
        <side-bar class="sidebar" role="banner" .context=${signedIn ? context : null} .route=${route}></side-bar>
        <main id="content" class="content" tabindex="-1">
          ${
            !signedIn
              ? signedOut(context?.config ?? this.problem?.config)
              : this.problem
                ? failure(this.problem, () => this.#enter())
                : page
                  ? html`${linkNote(() => this.requestUpdate())}${addressNote(this.wrong)}${page}`
                  : this.#waiting()
          }
        </main>
      </div>`;
  }

  #waiting() {
    return html`<div class="page-head"><h1 tabindex="-1">Loading…</h1></div>
      <div class="card skeleton-card" aria-hidden="true">
        <i class="skeleton wide"></i><i class="skeleton"></i><i class="skeleton"></i>
      </div>
      ${nothing}`;
  }

  /** @param {Event} event */
  #skip(event) {
    event.preventDefault();
    document.getElementById('content')?.focus();
  }
}

customElements.define('credit-app', CreditApp);

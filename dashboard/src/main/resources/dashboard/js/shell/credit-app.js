/** The application: who is signed in, which workspace, which page. */
import {understood} from '../address.js';
import {CreditElement, html, nothing} from '../element.js';
import * as session from '../session.js';
import * as url from '../url-state.js';
import {loadContext} from './context.js';
import {pageOf} from './pages.js';
import {addressNote, failure, signedOut} from './notices.js';
import './side-bar.js';

class CreditApp extends /** @type {With<AppProperties>} */ (CreditElement) {
  static properties = {context: {state: true}, problem: {state: true}, route: {state: true}, wrong: {state: true}};

  constructor() {
    super();
    this.#read();
    url.onChange(() => this.#moved());
    addEventListener('creditflow:session', () => this.#load());
  }

  connectedCallback() {
    super.connectedCallback();
    new MutationObserver(() => this.#nameWindow()).observe(this, {childList: true, characterData: true, subtree: true});
    this.#load();
  }

  async #load() {
    this.context = null;
    this.problem = null;
    try {
      this.context = await loadContext();
      this.#settleWorkspace(this.context);
    } catch (problem) {
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
    const moved =
      before.page !== this.route.page || before.w !== this.route.w || before.campaign !== this.route.campaign;
    if (moved) this.updateComplete.then(() => this.#arrive());
  }

  /** After a change of page: top of the page, and focus on its heading so that screen readers read it. */
  #arrive() {
    scrollTo(0, 0);
    this.querySelector('h1')?.focus({preventScroll: true});
  }

  /** The window is called what the page's heading says, which pages draw later than this element. */
  #nameWindow() {
    const heading = this.querySelector('h1')?.textContent.trim();
    const title = heading ? `${heading} · Creditflow` : 'Creditflow';
    if (document.title !== title) document.title = title;
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
                ? failure(this.problem, () => this.#load())
                : page
                  ? html`${addressNote(this.wrong)}${page}`
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

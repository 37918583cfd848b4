/** Whole-page states: signed out, no permission, nothing there, something failed. */
import {html, nothing} from '../element.js';
import {focusOn, headingAround} from '../focus.js';
import * as icons from '../icons.js';
import * as session from '../session.js';
import * as url from '../url-state.js';

/** @param {string} heading @param {Template} icon @param {Template} body */
const page = (heading, icon, body) =>
  html` <section class="page-notice">
    <div class="page-notice-icon">${icon}</div>
    <h1 tabindex="-1">${heading}</h1>
    ${body}
  </section>`;

/** @type {{[reason: string]: string}} */
const SIGNED_OUT = {'': 'Please sign in', expired: 'Your session has ended', link: 'This link is not valid'};
/** @type {{[reason: string]: string}} */
const WHY = {expired: 'For your safety, sessions end after a while. ', link: 'It is damaged, or too old. '};

/** @param {Config | undefined} config */
export function signedOut(config) {
  const reason = session.reason() ?? '';
  const heading = SIGNED_OUT[reason] ?? 'You are signed out';
  return page(
    heading,
    icons.signOut,
    html` <p>
        ${WHY[reason] ?? ''}Open your personal dashboard link
        again${config?.loginUrl ? ', or sign in here' : ''} to see your credits.
      </p>
      ${config?.loginUrl ? html`<p><a class="button primary" href=${safeHref(config.loginUrl)}>Sign in</a></p>` : nothing}
      ${contact(config)}`,
  );
}

/** For buttons that go when they are pressed. */
const toContent = () => document.getElementById('content')?.focus({preventScroll: true});

/** A link whose token the server does not know, opened over a session that goes on; nothing otherwise. @param {() => void} redraw */
export function linkNote(redraw) {
  if (!session.linkRefused()) return nothing;
  const hide = () => {
    session.forgetLink();
    redraw();
    toContent();
  };
  return html`<div class="callout warning address-note" role="alert">
    ${icons.warning}
    <p class="grow">
      <b>The link that you opened is not valid.</b> It is damaged, or too old. You are still signed in as before.
    </p>
    <button class="button small" @click=${hide}>Hide</button>
  </div>`;
}

/** @param {Config} config */
export function notAllowed(config, what = 'credit usage') {
  return page(
    `You cannot see ${what}`,
    icons.info,
    html` <p>${config.adminHint || 'Ask an administrator of your workspace for the permission to read credits.'}</p>
      ${contact(config)}`,
  );
}

/** @param {string} workspaceId @param {Config} config */
export function unknownWorkspace(workspaceId, config) {
  return page(
    'No such workspace',
    icons.info,
    html` <p>
        There is nothing to show for <b><bdi>${workspaceId}</bdi></b
        >. It may not have had any activity yet, or the link is wrong.
      </p>
      <p><a class="button" href="?">Go to your first workspace</a></p>
      ${contact(config)}`,
  );
}

/** @param {Config} config */
export function noWorkspace(config) {
  return page(
    'No workspace yet',
    icons.info,
    html` <p>A workspace shows up here with its first campaign, credit grant or lead.</p>
      ${contact(config)}`,
  );
}

/** @param {Problem} problem @param {() => void} retry */
export function failure(problem, retry) {
  return page(
    'This page cannot be shown right now',
    icons.warning,
    html` <p role="alert">${problem.message}</p>
      <p><button class="button primary" @click=${retry}>Try again</button></p>`,
  );
}

/** What of the address cannot be shown, and a way to clear it; nothing if all of it can. @param {Note[]} wrong */
export function addressNote(wrong) {
  if (wrong.length === 0) return nothing;
  const clear = () => {
    url.change(Object.fromEntries(wrong.map(({name}) => [name, null])), {replace: true});
    toContent();
  };
  return html`<div class="callout notice address-note" role="status">
    ${icons.info}
    <div class="grow">
      <b>Not everything in the address can be shown.</b>
      ${wrong.map(({text}) => html`<p><bdi>${text}</bdi></p>`)}
    </div>
    <button class="button small" @click=${clear}>Clear it</button>
  </div>`;
}

/** A button that goes when it is pressed, and leaves the focus at the heading above. @param {() => void} retry */
export const tryAgain = retry => {
  const press = (/** @type {{currentTarget: HTMLElement}} */ {currentTarget}) => {
    focusOn(headingAround(currentTarget));
    retry();
  };
  return html`<button class="button small" @click=${press}>Try again</button>`;
};

/** Inside a panel: what failed, and a way to try again or, where that is in vain, to ask for less. @param {Problem} problem @param {() => void} retry */
export function panelFailure(problem, retry, button = tryAgain(retry)) {
  const refused = problem.status === 400;
  return html`<div class="panel-failure" role="alert">
    ${icons.warning}
    ${refused ? html`<p><b>The server refuses what this address asks for.</b></p>` : nothing}
    <p><bdi>${problem.message}</bdi></p>
    ${
      refused
        ? html`<a class="button small" href=${url.hrefOfPage(url.read().page)}>Show this page without it</a>`
        : button
    }
  </div>`;
}

/** @param {Config | undefined} config */
function contact(config) {
  const text = config?.supportContact;
  if (!text) return nothing;
  const href = text.includes('@') && !text.includes(':') ? 'mailto:' + text : safeHref(text);
  return html`<p class="muted">Need help? ${href ? html`<a href=${href}>${text}</a>` : text}</p>`;
}

/** An address people may be sent to, or null: configuration must not become a script. @param {string} text */
export function safeHref(text) {
  try {
    return ['http:', 'https:', 'mailto:'].includes(new URL(text, location.href).protocol) &&
      /^(https?:|mailto:|\/)/.test(text)
      ? text
      : null;
  } catch {
    return null;
  }
}

/** What the page shows is its address: `?w=acme&page=settings/credits&range=30d`, under whatever path the page stands. */
import {placeOf} from './focus.js';

export const LANDING = 'campaigns';
/** @type {Set<() => void>} */
const listeners = new Set();
/** The list that made the last step: arrowing through its choices is one step of the history. @type {Element | null} */
let steppedBy = null;
/** What had the focus when the reader left the page that they came back to. @type {Place | null} */
let left = null;

export const leftFrom = () => left;

/** The present state: every query parameter, `page` with its default. @returns {Route} */
export function read() {
  const state = Object.fromEntries(new URLSearchParams(location.search));
  return {...state, page: state.page || LANDING};
}

/** The address of a state, workspace and page first; empty values are left out, slashes stay readable. @param {State} state */
export function hrefOf({w, page, ...more}) {
  const query = Object.entries({w, page: page === LANDING ? null : page, ...more})
    .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value)).replaceAll('%2F', '/')}`);
  return '?' + query.join('&');
}

/** The address of another page in the same workspace. @param {string} page @param {State} more */
export const hrefOfPage = (page, more = {}) => hrefOf({w: read().w, page, ...more});

/** The history, from the Credits page or a campaign with all that is chosen there. @param {State} more */
export const hrefOfHistory = (more = {}) => hrefOf({...read(), page: 'settings/credits/history', ...more});

/** A day's history, of one campaign or all; `trend` keeps the days that were shown before. @param {Day} day @param {string | null} [campaign] */
export const hrefOfDay = (day, campaign = null) =>
  hrefOfHistory({campaign, range: `${day}..${day}`, trend: read().range ?? '30d'});

/** The Credits page, from the history with all that is chosen there. */
export function hrefOfTrends() {
  const route = read();
  return hrefOf({...route, page: 'settings/credits', range: route.trend ?? route.range, trend: null});
}

/** A campaign's page, which knows how the list was searched and sorted. @param {string} campaign */
export const hrefOfCampaign = campaign => hrefOfPage('campaign', {campaign, ...listState()});

/** The list of campaigns, from one of them: as it was. */
export const hrefOfList = () => hrefOfPage(LANDING, listState());

function listState() {
  const {q, status, sort} = read();
  return {q, status, sort};
}

/** Changes some parameters of the present page; `replace` leaves no step in the history. @param {State} changes */
export function change(changes, {replace = false} = {}) {
  visit(hrefOf({...read(), ...changes}), {replace});
}

/** @param {string} href */
export function visit(href, {replace = false, newTab = false} = {}) {
  if (newTab) {
    open(href, '_blank', 'noopener');
    return;
  }
  if (new URL(href, location.href).search === location.search) return;
  const list = document.activeElement?.closest('select') ?? null;
  const inPlace = replace || (list !== null && list === steppedBy);
  left = null;
  if (!inPlace) {
    steppedBy = list;
    history.replaceState({...history.state, left: placeOf(document.activeElement)}, '');
  }
  history[inPlace ? 'replaceState' : 'pushState'](null, '', href);
  tell();
}

/** @param {() => void} listener */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell() {
  for (const listener of listeners) listener();
}

for (const type of ['popstate', 'pointerdown', 'focusout']) addEventListener(type, () => (steppedBy = null));
addEventListener('popstate', ({state}) => {
  left = state?.left ?? null;
  tell();
});

// Plain clicks on links of the page change the state; everything else is left to the browser.
addEventListener('click', event => {
  /** @type {HTMLAnchorElement | null} */
  const link = event.target instanceof Element ? event.target.closest('a[href^="?"]') : null;
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || link.target || link.hasAttribute('download') || event.defaultPrevented) return;
  event.preventDefault();
  visit(link.getAttribute('href') ?? '?');
});

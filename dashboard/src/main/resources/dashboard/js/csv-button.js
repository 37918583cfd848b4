/** The button of a download. It keeps the focus while the file is made. */
import {html} from './element.js';
import * as icons from './icons.js';

/** @param {string} what is in the file, `these campaigns` @param {{busy?: boolean, save: () => void, look?: string}} how */
export const csvButton = (what, {busy = false, save, look = 'button small'}) =>
  html`<button class="${look} csv" aria-disabled=${busy} @click=${() => busy || save()}>
    ${icons.download} ${busy ? 'Preparing…' : 'CSV'}<span class="visually-hidden">${` ${busy ? 'the CSV file of' : 'of'} ${what}`}</span>
  </button>`;

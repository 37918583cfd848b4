/** Two buttons that turn pages. At an end a button does nothing but stays there, so that the focus stays on it. */
import {html} from './element.js';

/**
 * @typedef {{text: string, isEnd: boolean, turn: () => void}} Turn
 * @param {string} label what is paged, `Pages of campaigns`
 * @param {Turn} back
 * @param {Turn} forward
 * @param {ReturnType<typeof html>} [where] which page it is
 */
export const pager = (label, back, forward, where) =>
  html`<nav class="pager" aria-label=${label}>${where}${turner(back)}${turner(forward)}</nav>`;

/** @param {Turn} of */
const turner = ({text, isEnd, turn}) =>
  html`<button class="button small" aria-disabled=${isEnd} @click=${() => isEnd || turn()}>${text}</button>`;

/** Two buttons that turn pages. At an end a button does nothing but stays there, so that the focus stays on it. */
import {html, nothing} from './element.js';

/**
 * Nothing where there is one page only.
 * @param {{
 *   label: string,
 *   texts: [string, string],
 *   cursors: (string | null)[],
 *   nextCursor: string | null,
 *   isTurning: boolean,
 *   turn: (cursors: (string | null)[]) => void,
 *   where?: ReturnType<typeof html>,
 * }} pages `label`: what is paged, `Pages of campaigns`; `texts`: of the buttons back and forward; `cursors`: one per page
 *   turned; `isTurning`: the page that was turned to is not here yet, `nextCursor` is of the one before; `where`: which
 *   page it is
 */
export const pager = ({label, texts: [back, forward], cursors, nextCursor, isTurning, turn, where}) =>
  cursors.length === 0 && !nextCursor && !isTurning
    ? nothing
    : html`<nav class="pager" aria-label=${label}>
        ${where}${turner(back, cursors.length === 0, () => turn(cursors.slice(0, -1)))}${turner(forward, !nextCursor, () => turn([...cursors, nextCursor]))}
      </nav>`;

/** @param {string} text @param {boolean} isEnd @param {() => void} turn */
const turner = (text, isEnd, turn) =>
  html`<button class="button small" aria-disabled=${isEnd} @click=${() => isEnd || turn()}>${text}</button>`;

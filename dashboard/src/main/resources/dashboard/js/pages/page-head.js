/** A page's heading, with how fresh its numbers are. */
import {html, nothing} from '../element.js';
import '../shell/freshness-note.js';

/** @type {(title: Shown | undefined, around?: {above?: Template, below?: Template}) => Template} */
export const pageHead = (title, {above = nothing, below = nothing} = {}) =>
  html` <header class="page-head">
    <div>
      ${above}
      <h1 tabindex="-1">${title}</h1>
      ${below}
    </div>
    <freshness-note></freshness-note>
  </header>`;

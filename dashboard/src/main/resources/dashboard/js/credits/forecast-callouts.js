/** Sentences of the forecast, drawn: a callout each, or a plain line. */
import {html, nothing} from '../element.js';
import * as icons from '../icons.js';

/** @param {Sentence} sentence */
const strong = ({strong: text, at}) => (at ? html`<b><time datetime=${at}>${text}</time></b>` : html`<b>${text}</b>`);

/** @param {Sentence} one */
export const forecastLine = one => html`${one.lead ? `${one.lead} ` : nothing}${one.strong ? strong(one) : nothing}${one.text}`;

/** @type {{[key: string]: string}} */
const CLASS = {lasts: 'runway-line', range: 'muted small'};

/** Those that the balance rests on first, then what to beware of. @param {Sentence[]} sentences */
export const forecastLines = sentences =>
  sentences.map(one =>
    one.level === 'plain'
      ? html`<p class=${CLASS[one.key]} data-says=${one.key}>${forecastLine(one)}</p>`
      : html`<div class="callout ${one.level}" data-says=${one.key}>
          ${one.level === 'warning' ? icons.warning : icons.info}
          <p>${forecastLine(one)}</p>
        </div>`,
  );

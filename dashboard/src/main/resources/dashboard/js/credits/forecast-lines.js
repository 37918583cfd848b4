/** Sentences of the forecast, drawn: a callout each, or a plain line. */
import {html, nothing} from '../element.js';
import * as icons from '../icons.js';

const strong = ({strong: text, at}) => (at ? html`<b><time datetime=${at}>${text}</time></b>` : html`<b>${text}</b>`);

export const forecastLine = one => html`${one.lead ? `${one.lead} ` : nothing}${one.strong ? strong(one) : nothing}${one.text}`;

const CLASS = {lasts: 'runway-line', range: 'muted small'};

/** Those that the balance rests on first, then what to beware of. */
export const forecastLines = sentences =>
  sentences.map(one =>
    one.level === 'plain'
      ? html`<p class=${CLASS[one.key]} data-says=${one.key}>${forecastLine(one)}</p>`
      : html`<div class="callout ${one.level}" data-says=${one.key}>
          ${one.level === 'warning' ? icons.warning : icons.info}
          <p>${forecastLine(one)}</p>
        </div>`,
  );

/** The chart's controls: grouping, comparison, balance, hours, chart or table, CSV. */
import {csvButton} from '../csv-button.js';
import {html, nothing} from '../element.js';
import * as icons from '../icons.js';
import * as url from '../url-state.js';
import {GROUP} from '../labels.js';

/** @param {Route} route @param {TrendsControls} controls */
export function trendsControls(route, {byHour, whyNotByHour, busy, save}) {
  /** @type {(name: string, text: string, checked: boolean, off: string | null, why?: string | null) => Template} */
  const option = (name, text, checked, off, why = null) =>
    html`<span class="option"
      ><label class="toggle">
        <input
          type="checkbox"
          .checked=${checked}
          aria-disabled=${why === null ? nothing : 'true'}
          aria-describedby=${why === null ? nothing : `why-not-${name}`}
          @click=${event => why !== null && event.preventDefault()}
          @change=${event => url.change({[name]: event.target.checked ? '1' : off})}
        /><span>${text}</span></label
      >
      ${why === null ? nothing : html`<span class="small muted" id=${`why-not-${name}`}>(${why})</span>`}</span
    >`;
  const table = route.view === 'table';
  return html`<div class="toolbar controls">
    <label class="field inline"
      ><span>Group by</span>
      <select
        class="select"
        @change=${event => url.change({by: event.target.value === 'none' ? null : event.target.value})}
      >
        ${Object.entries(GROUP).map(([key, text]) => html`<option value=${key} .selected=${(route.by ?? 'none') === key}>${text}</option>`)}
      </select></label
    >
    ${option('compare', 'Previous period', Boolean(route.compare), null)}
    ${option('balance', 'Balance', Boolean(route.balance), null)} ${option('hours', 'By hour', byHour, '0', whyNotByHour)}
    <div class="view">
      <div class="segments" role="group" aria-label="View">
        <button class="segment" title="Chart" aria-pressed=${!table} @click=${() => url.change({view: null})}>
          ${icons.chart}<span class="visually-hidden">Chart</span>
        </button>
        <button class="segment" title="Table" aria-pressed=${table} @click=${() => url.change({view: 'table'})}>
          ${icons.table}<span class="visually-hidden">Table</span>
        </button>
      </div>
      ${csvButton('this usage', {busy, save})}
    </div>
  </div>`;
}

/** The chart's controls: grouping, comparison, balance, hours, chart or table, CSV. */
import {html, nothing} from '../element.js';
import * as icons from '../icons.js';
import * as url from '../url-state.js';
import {GROUP} from '../words.js';

export function trendsControls(route, {hoursAllowed, shortRange, save}) {
  const option = (name, text, enabled = true, hint = '') =>
    html`<label class="toggle">
      <input
        type="checkbox"
        .checked=${Boolean(route[name]) && enabled}
        ?disabled=${!enabled}
        @change=${event => url.change({[name]: event.target.checked ? '1' : null})}
      /><span>${text}${enabled || !hint ? nothing : html` <span class="small">(${hint})</span>`}</span></label
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
    ${option('compare', 'Previous period')} ${option('balance', 'Balance')}
    ${option('hours', 'By hour', hoursAllowed, shortRange ? 'last 50 days only' : '≤ 14 days')}
    <div class="view">
      <div class="segments" role="group" aria-label="View">
        <button class="segment" title="Chart" aria-pressed=${!table} @click=${() => url.change({view: null})}>
          ${icons.chart}<span class="visually-hidden">Chart</span>
        </button>
        <button class="segment" title="Table" aria-pressed=${table} @click=${() => url.change({view: 'table'})}>
          ${icons.table}<span class="visually-hidden">Table</span>
        </button>
      </div>
      <button class="button small" @click=${save}>${icons.download} CSV</button>
    </div>
  </div>`;
}

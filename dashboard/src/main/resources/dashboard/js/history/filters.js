/** The history's filters: range, campaign, kind, lead; and the CSV of what they select. */
import {html} from '../element.js';
import * as icons from '../icons.js';
import * as url from '../url-state.js';
import {KIND} from '../labels.js';
import './campaign-picker.js';
import './history-range.js';

/** @param {Route} route @param {Workspace} workspace @param {HistoryControls} controls */
export function historyFilters(route, workspace, {range, today, hasPeriod, exporting, save}) {
  return html`<div class="toolbar history-filters" role="search" aria-label="Filter the history">
    <history-range .range=${route.range ?? ''} .days=${range} .today=${today} .hasPeriod=${hasPeriod}></history-range>
    <campaign-picker .workspace=${workspace} .campaign=${route.campaign ?? ''}></campaign-picker>
    <label class="field"
      ><span class="field-label">Kind</span>
      <select class="select" @change=${event => url.change({kind: event.target.value})}>
        <option value="" .selected=${!route.kind}>Everything</option>
        ${Object.entries(KIND).map(([code, text]) => html`<option value=${code} .selected=${route.kind === code}>${text}</option>`)}
      </select></label
    >
    <label class="field"
      ><span class="field-label">Lead</span>
      <input
        class="input lead-input"
        type="search"
        placeholder="A lead’s id"
        .value=${route.lead ?? ''}
        @change=${event => url.change({lead: event.target.value.trim()})}
    /></label>
    <span class="grow"></span>
    <button class="button" ?disabled=${exporting} @click=${save}>
      ${icons.download} ${exporting ? 'Preparing…' : 'CSV'}
    </button>
  </div>`;
}

/** The history's filters: range, campaign, kind, lead; and the CSV of what they select. */
import {csvButton} from '../csv-button.js';
import {html} from '../element.js';
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
      ><span class="field-label">Lead (whole id, then Enter)</span>
      <input
        class="input lead-input"
        type="search"
        placeholder="A lead’s id"
        .value=${route.lead ?? ''}
        @change=${applyLead}
        @search=${applyLead}
        @keydown=${clearOnEscape}
    /></label>
    <span class="grow"></span>
    ${csvButton('these entries', {busy: exporting, save, look: 'button'})}
  </div>`;
}

/** @param {{target: HTMLInputElement}} event */
const applyLead = ({target}) => url.change({lead: target.value.trim()});

/** @param {KeyboardEvent & {target: HTMLInputElement}} event */
function clearOnEscape(event) {
  if (event.key !== 'Escape') return;
  event.target.value = '';
  applyLead(event);
}

/** The filters of rejected events: reason, topic, workspace, event. */
import {html} from './element.js';
import * as url from './url-state.js';
import {REJECTION, TOPICS} from './labels.js';

/** @param {Partial<Route>} route */
export function rejectedFilters(route) {
  return html`<div class="toolbar history-filters" role="search" aria-label="Filter rejected events">
    ${choice('Reason', 'reason', route.reason, Object.keys(REJECTION))} ${choice('Topic', 'topic', route.topic, TOPICS)}
    ${id('Workspace', 'key', route.key, 'A workspace’s id')} ${id('Event', 'event', route.event, 'An event’s id')}
  </div>`;
}

/** @param {string} label @param {string} name @param {string | undefined} chosen @param {string[]} values */
const choice = (label, name, chosen, values) =>
  html`<label class="field"
    ><span class="field-label">${label}</span>
    <select class="select" name=${name} @change=${event => url.change({[name]: event.target.value})}>
      <option value="" .selected=${!chosen}>All</option>
      ${values.map(value => html`<option value=${value} .selected=${chosen === value}>${value}</option>`)}
    </select></label
  >`;

/** @param {string} label @param {string} name @param {string | undefined} value @param {string} placeholder */
const id = (label, name, value, placeholder) =>
  html`<label class="field"
    ><span class="field-label">${label}</span>
    <input
      class="input lead-input"
      type="search"
      name=${name}
      placeholder=${placeholder}
      .value=${value ?? ''}
      @change=${event => url.change({[name]: event.target.value.trim()})}
  /></label>`;

/** A campaign's spend against its quota, with the projected range behind it. A quota warns, it never blocks. */
import {serverNow} from '../clock.js';
import {html, svg, nothing} from '../element.js';
import * as format from '../format.js';
import {quotaWords} from '../forecast-text.js';

/** @param {Api.Campaign} item @param {{timeZone: Zone}} workspace */
export function quotaBar(item, workspace) {
  const {quota} = item;
  if (quota === null) return html`<span class="muted small">No quota</span>`;
  const {level, percent, note} = quotaWords({...item, quota}, workspace.timeZone, serverNow());
  return html`<div class="quota ${level}">
    <span class="quota-text"
      ><span>${format.number(item.creditsUsed)} <span class="muted">of ${format.number(quota)}</span></span>
      ${percent === null ? nothing : html`<b>${percent}</b>`}</span
    >
    ${bar(item, quota)} ${note ? html`<span class="under ${level === 'over' ? 'warn' : ''}">${note}</span>` : nothing}
  </div>`;
}

/** @param {Api.Campaign} item @param {number} quota */
function bar({creditsUsed, projectedHigh}, quota) {
  /** @param {number} value */
  const share = value => `${Math.min(100, Math.max(0, (value / Math.max(1, quota)) * 100))}%`;
  const ranged = projectedHigh !== null && projectedHigh > creditsUsed;
  return html`<svg class="meter" aria-hidden="true" width="100%" height="8">
    <rect class="meter-track" width="100%" height="8" rx="4" />
    ${ranged ? svg`<rect class="meter-range" width=${share(projectedHigh)} height="8" rx="4"/>` : nothing}
    ${creditsUsed > 0 ? svg`<rect class="meter-fill" width=${share(creditsUsed)} height="8" rx="4"/>` : nothing}
  </svg>`;
}

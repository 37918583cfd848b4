/** A campaign's spend against its quota, with the projected range behind it. A quota warns, it never blocks. */
import {html, svg, nothing} from '../element.js';
import * as format from '../format.js';

export function quotaBar(item, workspace) {
  if (item.quota === null) return html`<span class="muted small">No quota</span>`;
  const ratio = item.quota === 0 ? (item.creditsUsed > 0 ? 1 : 0) : item.creditsUsed / item.quota;
  const level = ratio >= 1 ? 'over' : ratio >= 0.8 ? 'near' : '';
  return html`<div class="quota ${level}">
    <span class="quota-text"
      ><span>${format.number(item.creditsUsed)} <span class="muted">of ${format.number(item.quota)}</span></span
      ><b>${format.percent(ratio)}</b></span
    >
    ${bar(item, ratio)} ${note(item, ratio, workspace)}
  </div>`;
}

function bar(item, ratio) {
  const share = value => `${Math.min(100, Math.max(0, (value / Math.max(1, item.quota)) * 100))}%`;
  const ranged = item.projectedHigh !== null && item.projectedHigh > item.creditsUsed;
  return html`<svg class="meter" aria-hidden="true" width="100%" height="8">
    <rect class="meter-track" width="100%" height="8" rx="4" />
    ${ranged ? svg`<rect class="meter-range" width=${share(item.projectedHigh)} height="8" rx="4"/>` : nothing}
    ${ratio > 0 ? svg`<rect class="meter-fill" width=${share(item.creditsUsed)} height="8" rx="4"/>` : nothing}
  </svg>`;
}

function note(item, ratio, workspace) {
  if (ratio >= 1) return html`<span class="under warn">Quota reached</span>`;
  if (!item.quotaReachedAt) return nothing;
  return html`<span class="under">Reached about ${format.shortDate(item.quotaReachedAt, workspace.timeZone)}</span>`;
}

/** The page's icons: 20 px line drawings in the colour of the text. */
import {svg, html} from './element.js';

/** @param {Template} drawing */
const icon = drawing =>
  html`<svg
    class="icon"
    viewBox="0 0 20 20"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    ${drawing}
  </svg>`;

export const campaigns = icon(
  svg`<path d="M3 8.5v3a1 1 0 0 0 1 1h2l6 3.5v-12L6 7.5H4a1 1 0 0 0-1 1z"/><path d="M15 7.5a3.5 3.5 0 0 1 0 5"/>`,
);
export const settings = icon(
  svg`<path d="M3 6h8M15 6h2M3 14h2M9 14h8"/><circle cx="13" cy="6" r="2"/><circle cx="7" cy="14" r="2"/>`,
);
export const operations = icon(svg`<path d="M2.5 10.5h3l2-6 4 11 2.2-5h3.8"/>`);
export const signOut = icon(
  svg`<path d="M8 3.5H5a1.5 1.5 0 0 0-1.5 1.5v10A1.5 1.5 0 0 0 5 16.5h3M12.5 13.5 16 10l-3.5-3.5M16 10H8"/>`,
);
export const menu = icon(svg`<path d="M3 6h14M3 10h14M3 14h14"/>`);
export const download = icon(svg`<path d="M10 3v9m0 0 3.5-3.5M10 12 6.5 8.5M4 15.5h12"/>`);
export const chart = icon(svg`<path d="M4 16V9M10 16V4M16 16v-5"/>`);
export const table = icon(svg`<rect x="3" y="4" width="14" height="12" rx="1.5"/><path d="M3 8h14M8.5 8v8"/>`);
export const warning = icon(svg`<path d="M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.3v.1"/>`);
export const info = icon(svg`<circle cx="10" cy="10" r="7"/><path d="M10 9.5v4M10 6.7v.1"/>`);
export const check = icon(svg`<path d="M4 10.5 8 14.5l8-9"/>`);
export const arrow = icon(svg`<path d="M4 10h12m-4-4 4 4-4 4"/>`);
export const back = icon(svg`<path d="M16 10H4m4-4-4 4 4 4"/>`);
export const external = icon(svg`<path d="M8 5H5v10h10v-3M11.5 4.5h4v4M15.5 4.5 9 11"/>`);

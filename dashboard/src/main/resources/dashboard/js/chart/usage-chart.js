/**
 * Credits over time as stacked bars, with the previous period as a stepped line and the balance burning down below. One tab
 * stop; arrow keys walk the bars; a click or Enter on one dispatches `open-day` with `{start, newTab}`. A first touch shows its
 * numbers, a second opens it.
 */
import {CreditElement, html, svg, nothing} from '../element.js';
import * as format from '../format.js';
import {labelEvery, linear, ticksUpTo} from './scale.js';
import * as shapes from './shapes.js';
import {spoken, tooltip} from './tooltip.js';

const TOP = 14;
const AXIS = 26;
const BALANCE_GAP = 32;
const BALANCE_HEIGHT = 72;
const WIDEST_BAR = 44;
const TURN_WIDTH = 11;
/** A mark's kind, how far above the balance it begins, its shape. @type {[Turn['kind'], number, string][]} */
const TURNS = [
  ['granted', 9, 'l-5,8h10z'],
  ['expired', 1, 'l-5,-8h10z'],
  ['voided', 9, 'h-4v8h8v-8z'],
];

/** @param {Pressed} event */
const isTouch = ({pointerType}) => pointerType === 'touch';

/** Over hundreds of bars, each a link to who reads on. @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.getElementById('chart-end')?.focus({preventScroll: true});
}

class UsageChart extends /** @type {With<ChartProperties>} */ (CreditElement) {
  static properties = {
    model: {attribute: false},
    label: {},
    hint: {},
    width: {state: true},
    boxHeight: {state: true},
    active: {state: true},
    tabbed: {state: true},
  };

  constructor() {
    super();
    this.width = 0;
    this.boxHeight = 0;
    this.height = 0;
    this.frame = {left: 0, band: 0, bottom: 0, most: 0};
    /** @type {string[]} */
    this.labels = [];
    /** @type {number | null} */
    this.touched = null; // the bucket whose tooltip showed when a touch began
    // On the element, not on the svg: Chromium makes an svg with focus listeners a tab stop of its own.
    this.addEventListener('keydown', event => this.#key(event));
    this.addEventListener('focusout', () => (this.active = null));
    this.addEventListener('pointerleave', event => isTouch(event) || (this.active = null));
    this.addEventListener('pointerdown', () => (this.touched = this.active));
    /** @type {number | null} */
    this.active = null; // the bucket whose tooltip shows
    /** @type {number | null} */
    this.tabbed = null; // the bucket that Tab reaches
    this.sizes = new ResizeObserver(([{contentRect}]) => {
      this.width = Math.floor(contentRect.width);
      this.boxHeight = Math.floor(contentRect.height);
    });
  }

  connectedCallback() {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  /** @param {Changed} changed */
  willUpdate(changed) {
    if (changed.has('model') && this.active !== null && this.active >= this.model.buckets.length) this.active = null;
    if (changed.has('model')) this.labels = this.model.buckets.map((_, index) => spoken(this.model, index));
    if (changed.has('model') || changed.has('width') || changed.has('boxHeight'))
      this.drawn = this.width ? this.#draw() : nothing;
  }

  updated() {
    /** @type {HTMLElement | null} */
    const tip = this.querySelector('.chart-tip');
    if (!tip || this.active === null) return;
    const {left, band} = this.frame;
    const middle = left + (this.active + 0.5) * band;
    const right = middle + 14 + tip.offsetWidth <= this.width;
    const x = right ? middle + 14 : Math.max(0, middle - 14 - tip.offsetWidth);
    tip.style.transform = `translate(${x}px, ${TOP}px)`;
  }

  render() {
    const {buckets} = this.model;
    if (!this.width) return nothing; // the stylesheet holds its place
    return html` <a class="skip-chart" href="#chart-end" @click=${skip}>Skip the chart</a>
      <svg
        class="chart"
        role="group"
        aria-roledescription="chart"
        aria-label=${this.label}
        aria-describedby=${this.hint ? 'chart-hint' : nothing}
        width=${this.width}
        height=${this.boxHeight}
      >
        ${this.drawn} ${this.active === null ? nothing : this.#cursor(this.active)}
        ${buckets.map((bucket, index) => this.#target(bucket, index))}
      </svg>
      <p id="chart-end" class="visually-hidden" tabindex="-1">End of the chart</p>
      ${this.hint ? html`<p hidden id="chart-hint">${this.hint}</p>` : nothing}
      ${this.active === null ? nothing : tooltip(this.model, this.active)}`;
  }

  /** What a pointer or the keyboard reaches: the full height over one bar. @param {Bucket} bucket @param {number} index */
  #target(bucket, index) {
    const {left, band, bottom} = this.frame;
    const reached = index === (this.tabbed ?? this.model.buckets.length - 1);
    return svg`<rect class="chart-bucket" role="link" tabindex=${reached ? 0 : -1} aria-label=${this.labels[index]}
      data-start=${bucket.start} data-credits=${bucket.total} x=${left + index * band} y=${TOP - 6} width=${band} height=${bottom - TOP + 6}
      @click=${event => this.#click(index, event)} @pointerenter=${event => isTouch(event) || (this.active = index)} @focus=${() => this.#reach(index)}></rect>`;
  }

  /** @param {number} index @param {Pressed & Modified} event */
  #click(index, event) {
    if (isTouch(event) && this.touched !== index) this.active = index;
    else this.#open(index, event);
  }

  /** @param {number} index @param {Modified} event */
  #open(index, {ctrlKey, metaKey}) {
    this.dispatchEvent(new CustomEvent('open-day', {detail: {start: this.model.buckets[index].start, newTab: ctrlKey || metaKey}}));
  }

  /** @param {number} index */
  #reach(index) {
    this.active = index;
    this.tabbed = index;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!(event.target instanceof Element && event.target.matches('.chart-bucket'))) return;
    const last = this.model.buckets.length - 1;
    const from = this.tabbed ?? last;
    /** @type {{[key: string]: number}} */
    const moves = {ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last, PageUp: from - 7, PageDown: from + 7};
    const to = moves[event.key];
    if (event.key === 'Escape') this.active = null;
    if (event.key === 'Enter') this.#open(from, event);
    if (to === undefined) return;
    event.preventDefault();
    const index = Math.min(last, Math.max(0, to));
    this.#reach(index);
    /** @type {NodeListOf<SVGElement>} */ (this.querySelectorAll('.chart-bucket'))[index].focus({preventScroll: false});
  }

  #draw() {
    const {buckets, hasBalance} = this.model;
    this.height = this.boxHeight - (hasBalance ? BALANCE_GAP + BALANCE_HEIGHT : 0); // of the bars with their axis
    const most = Math.max(1, ...buckets.map(bucket => Math.max(bucket.total, bucket.previous ?? 0)));
    const ticks = ticksUpTo(most);
    const rests = hasBalance ? ticksUpTo(Math.max(1, ...buckets.map(bucket => bucket.remaining ?? 0)), 2) : [];
    const longest = Math.max(...[...ticks, ...rests].map(tick => format.compact(tick).length));
    const left = 14 + longest * 7;
    const band = (this.width - left) / Math.max(1, buckets.length);
    const bottom = this.height - AXIS;
    this.frame = {left, band, bottom, most: rests[rests.length - 1]};
    const y = linear(ticks[ticks.length - 1], bottom, TOP);
    return svg`
      ${ticks.map(tick => this.#gridline(y(tick), tick))}
      ${this.#bars(y)}
      ${this.#previous(y)}
      ${this.#spikes(y)}
      ${this.#days()}
      ${hasBalance ? this.#balance() : nothing}`;
  }

  /** @param {number} y @param {number} tick */
  #gridline(y, tick) {
    const {left} = this.frame;
    return svg`<line class=${tick === 0 ? 'chart-base' : 'chart-grid'} x1=${left} x2=${this.width} y1=${y} y2=${y}/>
      <text class="chart-tick" aria-hidden="true" x=${left - 8} y=${y + 4} text-anchor="end">${format.compact(tick)}</text>`;
  }

  /** @param {Scale} y */
  #bars(y) {
    const {left, band} = this.frame;
    const width = Math.min(WIDEST_BAR, Math.max(1, band * (band < 4 ? 0.85 : 0.7)));
    const {buckets, series} = this.model;
    const floors = buckets.map(() => 0);
    return series.map((one, rank) => {
      const segments = buckets.map((bucket, index) => {
        const floor = floors[index];
        floors[index] += bucket.values[rank];
        const top = bucket.values.slice(rank + 1).every(value => value === 0);
        return {x: left + index * band + (band - width) / 2, y0: y(floor), y1: y(floors[index]), top};
      });
      const stacked = series.length > 1 && band > 11 ? 'stacked-series' : '';
      const underWay = buckets.findIndex(bucket => bucket.state === 'under-way'); // the only one that is not whole
      const whole = segments.filter((_, index) => index !== underWay);
      return svg`<path class="series series-${one.colour} ${stacked}" data-key=${one.key} d=${shapes.bars(whole, width, 4)}/>
        ${underWay < 0 ? nothing : svg`<path class="unfinished series-${one.colour}" d=${shapes.bars([segments[underWay]], width, 4)}/>`}`;
    });
  }

  /** @param {Scale} y */
  #previous(y) {
    const {left, band} = this.frame;
    const path = shapes.steps(
      this.model.buckets.map(bucket => bucket.previous),
      band,
      left,
      y,
    );
    return path ? svg`<path class="chart-previous" d=${path}/>` : nothing;
  }

  /** @param {Scale} y */
  #spikes(y) {
    const {left, band} = this.frame;
    return this.model.buckets.map((bucket, index) =>
      bucket.spikes.length === 0
        ? nothing
        : svg`<path class="chart-spike" d="M${left + (index + 0.5) * band},${Math.max(TOP - 4, y(bucket.total) - 4)}l-5,-8h10z"/>`,
    );
  }

  #days() {
    const {left, band, bottom} = this.frame;
    const {buckets, granularity, timeZone} = this.model;
    /** @param {Bucket} bucket */
    const text = bucket =>
      granularity === 'day'
        ? format.day(bucket.start, timeZone)
        : buckets.length > 48
          ? format.shortDate(bucket.start, timeZone)
          : format.hour(bucket.start, timeZone);
    const every =
      granularity === 'hour' && buckets.length > 48
        ? Math.max(24, Math.ceil(labelEvery(band, 74) / 24) * 24)
        : labelEvery(band, 74);
    return buckets.map((bucket, index) => {
      const shown =
        granularity === 'hour' && buckets.length > 48
          ? index % every === 0
          : (buckets.length - 1 - index) % every === 0;
      if (!shown) return nothing;
      const x = left + (index + 0.5) * band;
      const anchor = x > this.width - 26 ? 'end' : x < left + 22 ? 'start' : 'middle';
      return svg`<text class="chart-tick" aria-hidden="true" text-anchor=${anchor} x=${anchor === 'end' ? this.width : anchor === 'start' ? left : x} y=${bottom + 19}>${text(bucket)}</text>`;
    });
  }

  #balance() {
    const {left, band, most} = this.frame;
    const top = this.height + BALANCE_GAP;
    const base = top + BALANCE_HEIGHT - 4;
    const y = linear(most, base, top);
    const balances = this.model.buckets.map(bucket => bucket.remaining);
    return svg`
      <text class="chart-tick" aria-hidden="true" x=${left} y=${top - 10}>Balance</text>
      ${[0, most].map(tick => this.#gridline(y(tick), tick))}
      <path class="chart-balance-area" d=${shapes.area(balances, band, left, y, base)}/>
      <path class="chart-balance" d=${shapes.steps(balances, band, left, y)}/>
      ${this.#turns(y)}`;
  }

  /** Where grants began, expired and were voided: triangles up and down and squares on the balance, beside each other. @param {Scale} y */
  #turns(y) {
    const {left, band} = this.frame;
    return this.model.buckets.map((bucket, index) => {
      const x = left + (index + 0.5) * band;
      const on = y(bucket.remaining ?? 0);
      const kinds = TURNS.filter(([kind]) => bucket.grants.some(turn => turn.kind === kind));
      return kinds.map(([kind, rise, shape], rank) => {
        const aside = (rank - (kinds.length - 1) / 2) * TURN_WIDTH;
        return svg`<path class="chart-${kind}" d="M${x + aside},${on - rise}${shape}"/>`;
      });
    });
  }

  /** @param {number} active */
  #cursor(active) {
    const {left, band, bottom} = this.frame;
    return svg`<rect class="chart-cursor" x=${left + active * band} y=${TOP - 6} width=${band}
      height=${(this.model.hasBalance ? this.height + BALANCE_GAP + BALANCE_HEIGHT - 4 : bottom) - TOP + 6} rx="2"/>`;
  }
}

customElements.define('usage-chart', UsageChart);

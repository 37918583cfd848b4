/** How the runway is worked out, with the days it is based on, which are asked for when somebody wants to know. */
import {CreditElement, html} from '../element.js';
import {serverNow} from '../clock.js';
import * as days from '../days.js';
import * as format from '../format.js';
import {Live} from '../live.js';
import * as paths from '../paths.js';

/** The pipeline looks this far back. */
const DAYS_MAX = 56;

class RunwayBasis extends /** @type {With<{workspaceId: string, timeZone: Zone, opened?: boolean}>} */ (CreditElement) {
  static properties = {workspaceId: {}, timeZone: {}, opened: {state: true}};

  constructor() {
    super();
    this.usage = new Live(this, () => (this.opened ? this.#path() : null), {quiet: true, everyMs: 60_000});
  }

  #path() {
    const to = days.dayOf(serverNow(), this.timeZone);
    return paths.trends(this.workspaceId, {from: days.addDays(to, 1 - DAYS_MAX), to, granularity: 'day', groupBy: 'none'});
  }

  render() {
    return html`<details class="explain" @toggle=${event => (this.opened = event.target.open)}>
      <summary>How this is worked out</summary>
      <p>
        ${this.#basis()} is played forward, day by day, over the grants you have, in the order in which they are drawn on.
        Recent days count most, and each day of the week has its own pace. What a grant has left at its end expires. The
        range of dates holds the outcome eight times out of ten. Worked out anew every minute.
      </p>
    </details>`;
  }

  #basis() {
    const points = this.usage.data?.series[0]?.points ?? [];
    const first = points.findIndex(point => point.credits > 0);
    if (first < 0) return `Your usage of the last days (at most ${format.number(DAYS_MAX)})`;
    const counted = points.slice(first);
    const used = counted.reduce((sum, point) => sum + point.credits, 0);
    return html`Your usage of <b>the last ${format.counted(counted.length, 'day')}</b>, today included
      (${format.counted(used, 'credit')}),`;
  }
}

customElements.define('runway-basis', RunwayBasis);

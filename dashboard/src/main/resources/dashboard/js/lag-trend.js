/** Remembers a minute of looks at the partitions, to tell where the lag grows and where it falls. */
import * as format from './format.js';

const WINDOW_MS = 60_000;
/** @param {Api.PartitionLag} row */
const name = row => `${row.topic}-${row.partition}`;

export class LagTrend {
  /** @type {{at: number, lags: Map<string, number | null>}[]} */
  #looks = [];
  /** @type {Api.PartitionLag[] | null} */
  #last = null;

  /** Takes note of an answer, once. @param {Api.PartitionLag[]} partitions */
  note(partitions) {
    if (partitions === this.#last) return;
    this.#last = partitions;
    const now = Date.now();
    this.#looks.push({at: now, lags: new Map(partitions.map(row => [name(row), row.lag]))});
    while (this.#looks.length > 2 && this.#looks[1].at <= now - WINDOW_MS) this.#looks.shift();
  }

  /** Records more than a minute ago, or than when watching began; null at the first look. @param {Api.PartitionLag} row */
  of(row) {
    const before = this.#looks.length < 2 ? null : (this.#looks[0].lags.get(name(row)) ?? null);
    return before === null || row.lag === null ? null : row.lag - before;
  }
}

/** @param {number | null} change records more or fewer than a minute ago */
export const changeText = change =>
  change === null ? '–' : change === 0 ? 'steady' : `${change > 0 ? 'growing' : 'falling'} ${format.signed(change)}`;

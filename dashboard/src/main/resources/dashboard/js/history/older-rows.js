/** The pages below the newest one: fetched when the reader asks for them, kept until the filters change. */
import {announce} from '../announce.js';
import {get} from '../api.js';
import * as format from '../format.js';

export class OlderRows {
  #host;
  #pathOf;
  /** @type {string | null} */
  #key = null;
  /** @type {Api.HistoryPage | null} */
  #first = null; // the newest page as it was when the reader went below it
  /** @type {Api.HistoryPage[]} */
  #pages = [];
  #loading = false;
  /** @type {Problem | null} */
  #problem = null;

  /** @param {Host} host @param {(cursor: string) => Path<Api.HistoryPage>} pathOf */
  constructor(host, pathOf) {
    this.#host = host;
    this.#pathOf = pathOf;
  }

  reset() {
    this.#pages = [];
    this.#first = null;
    this.#problem = null;
  }

  /** All rows to show, given the newest page; a changed key starts over. @param {Api.HistoryPage | null} latest @param {string} key */
  follow(latest, key) {
    if (key !== this.#key) {
      this.#key = key;
      this.reset();
    }
    if (this.#pages.length === 0) this.#first = latest;
    const rows = this.#first ? [...this.#first.items, ...this.#pages.flatMap(page => page.items)] : [];
    return {
      rows,
      loading: this.#loading,
      problem: this.#problem,
      more: this.#cursor() !== null,
      changed: this.#pages.some(page => page.changed),
      newRows: this.#pages.length > 0 && latest !== null && latest.items[0]?.id !== this.#first?.items[0]?.id,
    };
  }

  #cursor() {
    return (this.#pages.at(-1) ?? this.#first)?.nextCursor ?? null;
  }

  /**
   * The next page that is not empty.
   * @returns {Promise<string | null>} the id of its first row; null if there is none, or the filters have changed meanwhile
   */
  async more() {
    if (this.#loading || this.#cursor() === null) return null;
    this.#loading = true;
    this.#problem = null;
    this.#host.requestUpdate();
    try {
      const items = await this.#next();
      if (items) announce(items.length === 0 ? 'There are no older entries.' : `${format.counted(items.length, 'older entry', 'older entries')} added.`);
      return items?.[0]?.id ?? null;
    } catch (problem) {
      this.#problem = problem;
      return null;
    } finally {
      this.#loading = false;
      this.#host.requestUpdate();
    }
  }

  async #next() {
    const key = this.#key;
    for (let cursor = this.#cursor(); cursor !== null; cursor = this.#cursor()) {
      const {data} = await get(this.#pathOf(cursor));
      if (key !== this.#key || cursor !== this.#cursor()) return null;
      this.#pages.push(data);
      if (data.items.length > 0) return data.items;
    }
    return [];
  }
}

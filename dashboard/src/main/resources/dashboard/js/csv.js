/** Downloads, each named by workspace, days and what else it holds, and what is said of them. */
import {announce} from './announce.js';
import {csvOf, saveCsv} from './api.js';
import {parsed, written} from './csv-table.js';

/** `credit-history-acme-2026-11-01-2026-11-30.csv`; parts that are absent are left out. @param {string} what @param {(string | undefined)[]} parts */
export const fileName = (what, ...parts) =>
  [what, ...parts.filter(Boolean)].join('-').replaceAll(/[^\p{L}\p{N}._-]+/gu, '_') + '.csv';

/** Everything that narrows the history is named. @param {string} workspaceId @param {Partial<Route>} route @param {Partial<DayRange>} days empty for all time */
export const historyFile = (workspaceId, {campaign, kind, lead}, {from = 'all-time', to}) =>
  fileName('credit-history', workspaceId, campaign && `campaign-${campaign}`, kind?.toLowerCase().replaceAll('_', '-'), lead && `lead-${lead}`, from, to);

/** What campaigns used is of all time, whatever days the page shows elsewhere. @param {string} workspaceId @param {Partial<Route>} route @param {Day} today */
export const campaignsFile = (workspaceId, {status, q}, today) =>
  fileName('campaigns', workspaceId, status?.toLowerCase(), q && `search-${q}`, 'all-time-as-of', today);

/** A download that a component offers: `busy` while it runs, `wrong` says why it failed. */
export class CsvDownload {
  busy = false;
  /** @type {string | null} */
  wrong = null;

  #host;

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
  }

  /**
   * @param {string} path @param {string} name
   * @param {(rows: string[][]) => string[][] | Promise<string[][]>} [change] what the page adds to the answer
   */
  async save(path, name, change) {
    this.#become(true, null);
    try {
      saveCsv([change ? written(await change(await rowsOf(path))) : await csvOf(path)], name);
      announce(`The file ${name} is ready.`);
      this.#become(false, null);
    } catch (problem) {
      this.#become(false, `The CSV file could not be made. ${problem.message}`);
    }
  }

  /** @param {boolean} busy @param {string | null} wrong */
  #become(busy, wrong) {
    this.busy = busy;
    this.wrong = wrong;
    this.#host.requestUpdate();
  }
}

/** An answer of the API as rows, the first being the names. @param {string} path */
export const rowsOf = async path => parsed(await (await csvOf(path)).text());

/** Saves rows of numbers, days and plain words, the first being their names. @param {string} name @param {unknown[][]} rows */
export const saveRows = (name, rows) => saveCsv([written(rows.map(row => row.map(value => String(value ?? ''))))], name);

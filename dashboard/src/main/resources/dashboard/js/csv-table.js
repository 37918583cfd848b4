/** CSV of the API with columns that the page adds: local times, what was used before. */
import {localTime} from './days.js';
import {paired} from './chart/comparison.js';

/** @param {string} text after RFC 4180 */
export function parsed(text) {
  /** @type {string[][]} */
  const rows = [];
  let row = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/g)) {
    if (end === '' && quoted === undefined && plain === '' && row.length === 0) break;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** @param {string[][]} rows */
export const written = rows => rows.map(row => row.map(cell).join(',') + '\r\n').join('');

/** @param {string} text */
const cell = text => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Beside each column of instants that is named the same in local time: `2026-11-01T09:00:00+01:00`.
 * @param {string[][]} rows the names first
 * @param {{[column: string]: string}} added names of columns, each with that of its local one
 * @param {Zone} timeZone
 */
export function withLocalTimes([names = [], ...rows], added, timeZone) {
  /** @type {(row: string[], beside: (text: string, column: string) => string) => string[]} */
  const wider = (row, beside) =>
    row.flatMap((text, index) => (Object.hasOwn(added, names[index]) ? [text, beside(text, names[index])] : [text]));
  return [
    wider(names, (_, column) => added[column]),
    ...rows.map(row => wider(row, text => (text ? localTime(text, timeZone) : ''))),
  ];
}

/**
 * The trends route's rows with a last column: what the series used on the day or in the hour that stands beside it. A series
 * that was used only before gets rows of its own, and so does a day before that no day stands beside: then only that day and its
 * last column are filled in, so that the column adds up to all that was used before.
 * @param {string[][]} rows the names first @param {string[][]} before those of the range before
 * @param {Paired} how
 */
export function withPrevious([names = [], ...rows], [, ...before], {starts, from, fromBefore, granularity, timeZone}) {
  const [key, label, start, credits] = ['key', 'label', 'start', 'credits'].map(name => names.indexOf(name));
  /** @param {string[][]} rows */
  const byKey = rows => {
    /** @type {Map<string, string[][]>} */
    const series = new Map();
    for (const row of rows) {
      const same = series.get(row[key]);
      if (same) same.push(row);
      else series.set(row[key], [row]);
    }
    return series;
  };
  const earlier = byKey(before);
  const present = byKey(rows);
  for (const [id, [first]] of earlier)
    if (!present.has(id))
      present.set(
        id,
        starts.map(at => names.map((_, index) => (index === key ? id : index === label ? first[label] : index === start ? at : index > start && names[index] !== 'remaining' ? '0' : ''))),
      );
  const wider = [...present].flatMap(([id, series]) => {
    const points = (earlier.get(id) ?? []).map(row => ({start: row[start], credits: Number(row[credits])}));
    const values = points.length ? paired(starts, from, {from: fromBefore, points}, granularity, timeZone) : starts.map(() => 0);
    return series.map((row, index) => [...row, String(values[index] ?? '')]);
  });
  const unpaired = granularity === 'hour' ? [] : [...earlier.values()].flatMap(series => series.slice(starts.length));
  const alone = unpaired.map(row => [...row.map((text, index) => (index === key || index === label || index === start ? text : '')), row[credits]]);
  return [[...names, 'previousCredits'], ...wider, ...alone];
}

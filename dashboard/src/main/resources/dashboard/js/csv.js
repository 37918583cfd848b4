/** Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet. */
import {save} from './api.js';

export function saveCsv(fileName, rows) {
  const text = rows.map(row => row.map(cell).join(',')).join('\r\n') + '\r\n';
  save(new Blob([text], {type: 'text/csv;charset=utf-8'}), fileName);
}

function cell(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? "'" + value : value; // spreadsheets would run it as a formula
  return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
}

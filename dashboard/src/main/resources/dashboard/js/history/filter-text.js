/** Which entries of the history are listed, and how many, in words. */
import * as format from '../format.js';
import {KIND} from '../labels.js';

/**
 * `Phone revealed, Partner webinar, Nov 1 – 7, 2026`: what the filters select.
 * @param {Partial<Route>} route
 * @param {Pick<Api.HistoryRow, 'campaignId' | 'campaignName'>[]} rows which name the campaign
 * @param {Partial<DayRange>} days empty for all time
 */
export function filterText({kind, campaign, lead}, rows, {from, to}) {
  const named = rows.find(row => row.campaignId === campaign)?.campaignName;
  const parts = [
    kind && (KIND[/** @type {keyof typeof KIND} */ (kind)] ?? kind),
    campaign && (named || `campaign ${campaign}`),
    lead && `lead ${lead}`,
    from && to && format.days(from, to),
  ];
  return parts.filter(Boolean).join(', ') || 'Everything';
}

/** @param {Pick<Api.HistoryPage, 'items' | 'nextCursor'>} page */
export function entriesText({items, nextCursor}) {
  if (items.length === 0) return 'no entries';
  return format.counted(items.length, 'entry', 'entries') + (nextCursor ? ', more follow' : '');
}

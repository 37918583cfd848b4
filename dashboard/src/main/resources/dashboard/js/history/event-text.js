/** What became of one event, in plain words. */
import * as format from '../format.js';

/** @type {Record<Api.Event['kind'], string>} */
const KIND = {
  LEAD_SOURCED: 'A sourced lead',
  PHONE_REVEALED: 'A revealed phone',
  EMAIL_SENT: 'A sent email',
  REVERSED: 'A reversal',
  GRANTED: 'A grant',
  VOIDED: 'A void',
  CAMPAIGN_CHANGED: 'A change of a campaign',
  WORKSPACE_CHANGED: 'A change of the workspace',
};

/**
 * @param {Api.Event} event @param {Zone} timeZone @param {string | null} [campaignName] null if it has none, or is not known
 * @returns sentences in their order
 */
export function eventWords(event, timeZone, campaignName) {
  const {kind, occurredAt, campaignId, leadId, grantId} = event;
  const of = [campaignId && `campaign ${campaignName ? `“${campaignName}”` : campaignId}`, leadId && `lead ${leadId}`, grantId && `grant ${grantId}`];
  const what = [`${KIND[kind] ?? kind} of ${format.exact(occurredAt, timeZone)}`, ...of.filter(Boolean)].join(', ');
  return [`${what}.`, outcome(event, timeZone)].filter(Boolean);
}

/** @param {Api.Event} event @param {Zone} timeZone */
function outcome({kind, outcome, reason, credits, reversedBy, reversedEventId, waitsUntil}, timeZone) {
  switch (outcome) {
    case 'APPLIED':
      if (kind === 'REVERSED') return `It has taken back event ${reversedEventId}.`;
      return credits === 0 ? 'It is accepted; it moves no credits.' : `It is counted: ${format.signed(credits)} ${Math.abs(credits) === 1 ? 'credit' : 'credits'}.`;
    case 'REVERSED':
      return `It has been taken back by event ${reversedBy}, so it uses no credits.`;
    case 'WAITING':
      return waitsUntil
        ? `It waits for the event it takes back, ${reversedEventId}, until ${format.exact(waitsUntil, timeZone)}.`
        : 'It waits for its grant, without limit.';
    case 'REJECTED':
      return `It was rejected: ${reason}.`;
    default:
      return `Outcome: ${outcome}.`;
  }
}

const EXPIRY = 'expired:';
/** @type {Api.Event['kind'][]} */
const MOVES = ['LEAD_SOURCED', 'PHONE_REVEALED', 'REVERSED', 'GRANTED', 'VOIDED'];

/**
 * When the history has an entry of that event; null if it has none, or that is not known.
 * @param {Api.Event} event @param {Pick<Api.Grant, 'grantId' | 'effectiveAt'>[]} grants of the workspace @param {number} now
 */
export function rowInstant({kind, outcome, occurredAt, grantId}, grants, now) {
  if (!MOVES.includes(kind) || (outcome !== 'APPLIED' && outcome !== 'REVERSED')) return null;
  const at = kind === 'GRANTED' ? (grants.find(grant => grant.grantId === grantId)?.effectiveAt ?? null) : occurredAt;
  return at !== null && Date.parse(at) <= now ? at : null;
}

/**
 * What an id such as `expired:annual-2026` names, which the history gives to its entry of an expiry; null for another id.
 * @param {string} id @param {Pick<Api.Grant, 'grantId' | 'status' | 'expiresAt' | 'forfeited'>[]} grants of the workspace @param {Zone} timeZone
 * @returns {{text: string, at: string | null} | null} `at`: of the entry, null without one
 */
export function expiryWords(id, grants, timeZone) {
  const grant = id.startsWith(EXPIRY) ? grants.find(({grantId}) => grantId === id.slice(EXPIRY.length)) : undefined;
  if (!grant) return null;
  const {grantId, status, expiresAt, forfeited} = grant;
  const what = `No event, but the expiry of grant ${grantId}`;
  if (status === 'VOIDED') return {text: `${what}: it was voided and did not expire.`, at: null};
  if (status !== 'EXPIRED' || !expiresAt) return {text: `${what}: it has not expired.`, at: null};
  const on = `${what} on ${format.exact(expiresAt, timeZone)}`;
  return forfeited > 0
    ? {text: `${on}: ${format.counted(forfeited, 'credit')} expired unused.`, at: expiresAt}
    : {text: `${on}: nothing was left, so the history has no entry of it.`, at: null};
}

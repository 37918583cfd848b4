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

/** What an entry says of the usage that it takes back. */
import * as format from '../format.js';

/**
 * @param {Pick<Api.HistoryRow, 'reversedCredits' | 'reversedEventId'>} item
 * @param {string | null} usageAt when the usage was, null if that is not known
 * @param {Pick<Api.Grant, 'status' | 'expiresAt'>[]} grants of the workspace @param {Zone} timeZone @param {number} now
 * @returns `of` what it gives back; `ended` what else may have become of it, empty if nothing can have
 */
export function reversalWords({reversedCredits, reversedEventId}, usageAt, grants, timeZone, now) {
  const usage = usageAt ? ` of ${format.moment(usageAt, timeZone)}` : reversedEventId ? ` ${reversedEventId}` : '';
  const credits = reversedCredits === 1 ? 'the credit' : 'the credits';
  return {
    of: `${format.counted(reversedCredits ?? 0, 'credit')} given back as of the usage${usage}`,
    ended: grants.some(grant => mayHaveEnded(grant, usageAt, now))
      ? `. If the grant that this usage drew on has ended since, which is not known here, ${credits} ended with that grant`
      : '',
  };
}

/** Whether a grant may have ended after the usage: when it was voided is not known. @param {Pick<Api.Grant, 'status' | 'expiresAt'>} grant @param {string | null} usageAt @param {number} now */
function mayHaveEnded({status, expiresAt}, usageAt, now) {
  if (status !== 'VOIDED' && status !== 'EXPIRED') return false;
  const end = expiresAt ? Date.parse(expiresAt) : Infinity;
  const isAfterUsage = usageAt === null || end > Date.parse(usageAt);
  return isAfterUsage && (status === 'VOIDED' || end <= now);
}

/** What moved the balance between two instants, as an account of it. */
import {hasBegun} from '../grants.js';

/**
 * Null if the parts do not add up to the difference.
 * @param {Pick<Api.Credits, 'remaining' | 'overage' | 'grants'>} opening just before the first instant
 * @param {Pick<Api.Credits, 'remaining' | 'overage' | 'grants'>} closing just before the end
 * @param {number} used between them
 * @param {{start: number, end: number}} span milliseconds, the end not included
 */
export function statementOf(opening, closing, used, {start, end}) {
  /** @param {string | null} instant */
  const within = instant => instant !== null && Date.parse(instant) >= start && Date.parse(instant) < end;
  const voidedBefore = new Set(opening.grants.filter(({status}) => status === 'VOIDED').map(({grantId}) => grantId));
  /** @param {(grant: Api.Grant) => boolean} which @param {'amount' | 'forfeited'} field */
  const sum = (which, field) => closing.grants.filter(which).reduce((total, grant) => total + grant[field], 0);
  const statement = {
    opening: opening.remaining - opening.overage,
    granted: sum(grant => within(grant.effectiveAt) && hasBegun(grant), 'amount'),
    used,
    expired: sum(({status, expiresAt}) => status === 'EXPIRED' && within(expiresAt), 'forfeited'),
    voided: sum(({status, grantId}) => status === 'VOIDED' && !voidedBefore.has(grantId), 'forfeited'),
    closing: closing.remaining - closing.overage,
  };
  const moved = statement.granted - statement.used - statement.expired - statement.voided;
  return statement.opening + moved === statement.closing ? statement : null;
}

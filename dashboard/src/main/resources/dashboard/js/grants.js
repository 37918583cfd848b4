/** What a grant's status and amounts mean together. */

/** A grant that is voided before it begins never does. @param {Pick<Api.Grant, 'status' | 'consumed' | 'forfeited'>} grant */
export const hasBegun = ({status, consumed, forfeited}) => status !== 'SCHEDULED' && (status !== 'VOIDED' || consumed + forfeited > 0);

const RANK = {ACTIVE: 0, SCHEDULED: 1, DEPLETED: 2, EXPIRED: 3, VOIDED: 3};

const end = (/** @type {Api.Grant} */ {expiresAt}) => (expiresAt === null ? Number.MAX_VALUE : Date.parse(expiresAt));

/**
 * Live grants in the order in which they are used (contract section 3), then those to come, then ended ones.
 * @param {Api.Grant[]} grants
 */
export const inOrderOfUse = grants =>
  [...grants].sort(
    (a, b) =>
      RANK[a.status] - RANK[b.status] ||
      a.priority - b.priority ||
      end(a) - end(b) ||
      Date.parse(a.effectiveAt) - Date.parse(b.effectiveAt) ||
      (a.grantId < b.grantId ? -1 : 1),
  );

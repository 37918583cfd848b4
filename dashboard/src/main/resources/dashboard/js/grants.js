/** What a grant's status and amounts mean together. */

/** A grant that is voided before it begins never does. @param {Pick<Api.Grant, 'status' | 'consumed' | 'forfeited'>} grant */
export const hasBegun = ({status, consumed, forfeited}) => status !== 'SCHEDULED' && (status !== 'VOIDED' || consumed + forfeited > 0);

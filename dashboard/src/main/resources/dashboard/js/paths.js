/** The API's addresses, relative to the page's own. */
/** @param {{[name: string]: Parameter}} parameters */
const query = (parameters = {}) => {
  const entries = Object.entries(parameters)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => [name, String(value)]);
  return entries.length ? '?' + new URLSearchParams(entries) : '';
};

/** @param {string} workspaceId */
const base = workspaceId => `v1/workspaces/${encodeURIComponent(workspaceId)}/credits`;

/** @type {WorkspacePath<'/v1/workspaces/{w}/credits'>} */
export const credits = (workspaceId, parameters) => base(workspaceId) + query(parameters);
/** @type {WorkspacePath<'/v1/workspaces/{w}/credits/trends'>} */
export const trends = (workspaceId, parameters) => base(workspaceId) + '/trends' + query(parameters);
/** @type {WorkspacePath<'/v1/workspaces/{w}/credits/campaigns'>} */
export const campaigns = (workspaceId, parameters) => base(workspaceId) + '/campaigns' + query(parameters);
/**
 * One campaign; a list of it, or of none, for an id that no path can carry.
 * @param {string} workspaceId @param {string} campaignId
 * @returns {To<'/v1/workspaces/{w}/credits/campaigns' | '/v1/workspaces/{w}/credits/campaigns/{c}'>}
 */
export const campaign = (workspaceId, campaignId) =>
  /^\.{1,2}$|[/\\]/.test(campaignId)
    ? campaigns(workspaceId, {campaignId})
    : `${base(workspaceId)}/campaigns/${encodeURIComponent(campaignId)}`;
/**
 * The campaign in an answer to that; null if there is none.
 * @param {Api.CampaignPage | Api.CampaignDetail} answer
 * @returns {Campaign | null}
 */
export const campaignIn = answer => ('items' in answer ? (/** @type {Campaign | undefined} */ (answer.items[0]) ?? null) : answer);
/** @type {WorkspacePath<'/v1/workspaces/{w}/credits/history'>} */
export const history = (workspaceId, parameters) => base(workspaceId) + '/history' + query(parameters);
/** @type {WorkspacePath<'/v1/workspaces/{w}/credits/alerts'>} */
export const alerts = (workspaceId, parameters) => base(workspaceId) + '/alerts' + query(parameters);
/** @type {(workspaceId: string, eventId: string) => To<'/v1/workspaces/{w}/events'>} */
export const event = (workspaceId, eventId) => `v1/workspaces/${encodeURIComponent(workspaceId)}/events` + query({eventId});
/** @type {() => To<'/v1/me'>} */
export const me = () => 'v1/me';
/** @type {(parameters: Query<'/v1/workspaces'>) => To<'/v1/workspaces'>} */
export const workspaces = parameters => 'v1/workspaces' + query(parameters);
/** @type {() => To<'/health/ready'>} */
export const health = () => 'health/ready';
/** @type {() => To<'/v1/ops/lag'>} */
export const lag = () => 'v1/ops/lag';
/** @type {(parameters: Query<'/v1/ops/rejected'>) => To<'/v1/ops/rejected'>} */
export const rejected = parameters => 'v1/ops/rejected' + query(parameters);

/** The API's addresses, relative to the page's own. */
const query = parameters => {
  const entries = Object.entries(parameters).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  );
  return entries.length ? '?' + new URLSearchParams(entries) : '';
};

const base = workspaceId => `v1/workspaces/${encodeURIComponent(workspaceId)}/credits`;

export const credits = (workspaceId, parameters = {}) => base(workspaceId) + query(parameters);
export const trends = (workspaceId, parameters) => base(workspaceId) + '/trends' + query(parameters);
export const campaigns = (workspaceId, parameters) => base(workspaceId) + '/campaigns' + query(parameters);
/** One campaign; a list of it, or of none, for an id that no path can carry. */
export const campaign = (workspaceId, campaignId) =>
  /^\.{1,2}$|[/\\]/.test(campaignId)
    ? campaigns(workspaceId, {campaignId})
    : `${base(workspaceId)}/campaigns/${encodeURIComponent(campaignId)}`;
/** The campaign in an answer to that; null if there is none. */
export const campaignIn = answer => (answer.items ? (answer.items[0] ?? null) : answer);
export const history = (workspaceId, parameters) => base(workspaceId) + '/history' + query(parameters);
export const alerts = (workspaceId, parameters) => base(workspaceId) + '/alerts' + query(parameters);
export const event = (workspaceId, eventId) => `v1/workspaces/${encodeURIComponent(workspaceId)}/events` + query({eventId});
export const health = () => 'health/ready';
export const lag = () => 'v1/ops/lag';
export const rejected = parameters => 'v1/ops/rejected' + query(parameters);

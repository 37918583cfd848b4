/** The API's addresses. */
const query = parameters => {
  const entries = Object.entries(parameters).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  );
  return entries.length ? '?' + new URLSearchParams(entries) : '';
};

const base = workspaceId => `/v1/workspaces/${encodeURIComponent(workspaceId)}/credits`;

export const credits = workspaceId => base(workspaceId);
export const trends = (workspaceId, parameters) => base(workspaceId) + '/trends' + query(parameters);
export const campaigns = (workspaceId, parameters) => base(workspaceId) + '/campaigns' + query(parameters);
export const campaign = (workspaceId, campaignId) => `${base(workspaceId)}/campaigns/${encodeURIComponent(campaignId)}`;
export const history = (workspaceId, parameters) => base(workspaceId) + '/history' + query(parameters);
export const alerts = (workspaceId, parameters) => base(workspaceId) + '/alerts' + query(parameters);
export const lag = () => '/v1/ops/lag';
export const rejected = parameters => '/v1/ops/rejected' + query(parameters);

/** What holds for the whole visit: the token's rights, the workspaces it may see, the deployment's own links. */
import {get} from '../api.js';
import * as session from '../session.js';

const NO_CONFIG = {supportContact: null, adminHint: null, loginUrl: null, links: {}};
const MOST_WORKSPACES = 5_000;
const NO_WORKSPACES = {workspaces: [], unlisted: null};

/** @throws Problem if the token's rights cannot be read; then with `config` on it */
export async function loadContext() {
  const config = await loadConfig();
  if (!session.token()) return {config, me: null, ...NO_WORKSPACES};
  try {
    const {data: me} = await get('v1/me');
    const mayRead = me.permissions.includes('credits:read');
    const mayOperate = me.permissions.includes('ops:read');
    return {config, me, mayRead, mayOperate, ...(mayRead ? await loadWorkspaces(me) : NO_WORKSPACES)};
  } catch (problem) {
    problem.config = config;
    throw problem;
  }
}

async function loadConfig() {
  try {
    const {data} = await get('config.json');
    return {...NO_CONFIG, ...data, links: data.links ?? {}};
  } catch {
    return NO_CONFIG; // a page without a support address is better than none
  }
}

/**
 * Names from the server; ids of the token that it has not heard of stay choosable by their id. `unlisted` says why some are
 * not listed, else it is null.
 */
async function loadWorkspaces(me) {
  const named = [];
  let unlisted = null;
  let cursor = '';
  try {
    do {
      const {data} = await get(`v1/workspaces?limit=500${cursor && '&cursor=' + encodeURIComponent(cursor)}`);
      named.push(...data.items);
      if (data.incomplete) unlisted = 'Not all workspaces can be listed right now.';
      cursor = data.nextCursor;
    } while (cursor && named.length < MOST_WORKSPACES);
    if (cursor) unlisted = 'There are more workspaces than can be listed here; each opens by its address.';
  } catch (problem) {
    if (me.workspaces.includes('*')) throw problem;
    unlisted = 'The names of workspaces cannot be loaded right now.';
  }
  const known = new Set(named.map(workspace => workspace.workspaceId));
  const unnamed = me.workspaces
    .filter(id => id !== '*' && !known.has(id))
    .map(workspaceId => ({workspaceId, name: null, timeZone: 'UTC'}));
  return {workspaces: [...named, ...unnamed], unlisted};
}

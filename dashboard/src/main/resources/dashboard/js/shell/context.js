/** What holds for the whole visit: the token's rights, the workspaces it may see, the deployment's own links. */
import {get} from '../api.js';
import * as paths from '../paths.js';
import * as session from '../session.js';

/** @type {Config} */
const NO_CONFIG = {supportContact: null, adminHint: null, loginUrl: null, links: {}};
const MOST_WORKSPACES = 5_000;
/** @type {Pick<Context, 'workspaces' | 'unlisted'>} */
const NO_WORKSPACES = {workspaces: [], unlisted: null};

/** @returns {Promise<Context>} @throws Problem if the token's rights cannot be read; then with `config` on it */
export async function loadContext() {
  const config = await loadConfig();
  if (!session.token()) return {config, me: null, ...NO_WORKSPACES};
  try {
    const {data: me} = await get(paths.me());
    session.accepted();
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
    const {data} = await get(/** @type {Path<Config>} */ ('config.json'));
    return {...NO_CONFIG, ...data, links: data.links ?? {}};
  } catch {
    return NO_CONFIG; // a page without a support address is better than none
  }
}

/**
 * Names from the server; ids of the token that it has not heard of stay choosable by their id. `unlisted` says why some are
 * not listed, else it is null.
 * @param {Api.Me} me
 */
async function loadWorkspaces(me) {
  /** @type {Workspace[]} */
  const named = [];
  let unlisted = null;
  /** @type {string | null} */
  let cursor = null;
  try {
    do {
      /** @type {Api.WorkspacePage} */
      const page = (await get(paths.workspaces({limit: 500, cursor}))).data;
      named.push(...page.items);
      if (page.incomplete) unlisted = 'Not all workspaces can be listed right now.';
      cursor = page.nextCursor;
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

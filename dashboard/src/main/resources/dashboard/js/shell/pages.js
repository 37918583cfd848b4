/** Which page an address means. */
import {html} from '../element.js';
import {notAllowed, noWorkspace} from './notices.js';
import '../pages/campaigns-page.js';
import '../pages/campaign-page.js';
import '../pages/settings-page.js';
import '../pages/history-page.js';
import '../pages/operations-page.js';

/** The page's template; a page the token may not see is answered by saying whom to ask. @param {Context} context @param {Route} route */
export function pageOf(context, route) {
  const {config, mayRead, mayOperate} = context;
  if (route.page === 'operations') {
    return mayOperate ? html`<operations-page .route=${route}></operations-page>` : notAllowed(config, 'operations');
  }
  if (!mayRead && mayOperate && !route.page.startsWith('settings'))
    return html`<operations-page .route=${route}></operations-page>`;
  if (!mayRead)
    return route.page.startsWith('settings')
      ? html`<settings-page .context=${context} .route=${route}></settings-page>`
      : notAllowed(config);
  const workspace = workspaceOf(context, route);
  if (!workspace) return noWorkspace(config);
  switch (route.page) {
    case 'settings/credits/history':
      return html`<history-page .context=${context} .route=${route} .workspace=${workspace}></history-page>`;
    case 'settings':
    case 'settings/credits':
      return html`<settings-page .context=${context} .route=${route} .workspace=${workspace}></settings-page>`;
    case 'campaign':
      return html`<campaign-page .context=${context} .route=${route} .workspace=${workspace}></campaign-page>`;
    default:
      return html`<campaigns-page .context=${context} .route=${route} .workspace=${workspace}></campaigns-page>`;
  }
}

/** @param {Context} context @param {Route} route @returns {Workspace | undefined} */
export function workspaceOf({workspaces}, {w}) {
  if (!w) return workspaces[0];
  return workspaces.find(workspace => workspace.workspaceId === w) ?? {workspaceId: w, name: null, timeZone: 'UTC'};
}

/** What may stand in the page's address, and in plain words what of it cannot be shown. */
import {GROUP, KIND, REJECTION, STATUS, TOPICS} from './labels.js';

export const PAGES = ['campaigns', 'campaign', 'settings', 'settings/credits', 'settings/credits/history', 'operations'];
export const SORTS = {
  creditsUsed: 'credits used',
  name: 'name',
  projectedUsage: 'projected usage',
  lastActivityAt: 'last activity',
};
export const DEFAULT_SORT = '-creditsUsed';

/** @type {(values: string[], what: string, instead: string) => Judge} */
const oneOf = (values, what, instead) => ({
  may: value => values.includes(value),
  says: value => `There is no ${what} “${value}”. ${instead}`,
});
/** @type {(values: string[], what: string) => Judge} */
const flag = (values, what) => ({
  may: value => values.includes(value),
  says: value => `“${value}” does not say ${what}. It is left as it usually is.`,
});
const any = {may: () => true, says: () => ''};

/**
 * Each parameter: whether a value of it can be shown, and what is said if not. Ranges are judged where they are shown.
 * @type {{[name: string]: Judge}}
 */
const PARAMETERS = {
  w: any,
  page: oneOf(PAGES, 'page', 'Campaigns are shown.'),
  campaign: any,
  q: any,
  lead: any,
  event: any,
  key: any,
  reason: oneOf(Object.keys(REJECTION), 'reason of rejection', 'Events rejected for every reason are shown.'),
  topic: oneOf(TOPICS, 'topic', 'Events of every topic are shown.'),
  range: any,
  trend: any,
  status: oneOf(Object.keys(STATUS), 'status', 'Campaigns of every status are shown.'),
  sort: oneOf(
    Object.keys(SORTS).flatMap(field => [field, '-' + field]),
    'column to sort by called',
    'Campaigns are sorted by credits used.',
  ),
  kind: oneOf(Object.keys(KIND), 'kind of entry', 'Entries of every kind are shown.'),
  by: oneOf(Object.keys(GROUP), 'grouping by', 'Usage is not grouped.'),
  view: oneOf(['chart', 'table'], 'view', 'The chart is shown.'),
  compare: flag(['1'], 'whether to compare with the previous period'),
  balance: flag(['1'], 'whether to show the balance'),
  hours: flag(['0', '1'], 'whether to show hours'),
};

/** What means the same in every workspace. @type {RouteName[]} */
const COMMON = ['range', 'trend', 'by', 'view', 'compare', 'balance', 'hours', 'kind', 'status', 'sort', 'reason', 'topic', 'key'];

/** The same page in another workspace, with what of it means something there; of one campaign the list. @param {Route} route @param {string} w @returns {State} */
export function inWorkspace({page, ...route}, w) {
  if (page === 'campaign') return {w, page: 'campaigns'};
  return {w, page, ...Object.fromEntries(COMMON.map(name => [name, route[name]]))};
}

/**
 * @param {{[name: string]: string}} state every parameter of the address
 * @returns {{route: Partial<Route>, wrong: Note[]}} the state without what cannot be shown, and each such parameter
 */
export function understood(state) {
  const wrong = Object.entries(state)
    .filter(([name, value]) => !(Object.hasOwn(PARAMETERS, name) && PARAMETERS[name].may(value)))
    .map(([name, value]) => ({
      name,
      text: Object.hasOwn(PARAMETERS, name)
        ? PARAMETERS[name].says(value)
        : `“${name}” means nothing here, so it changes nothing.`,
    }));
  const bad = new Set(wrong.map(({name}) => name));
  return {route: Object.fromEntries(Object.entries(state).filter(([name]) => !bad.has(name))), wrong};
}

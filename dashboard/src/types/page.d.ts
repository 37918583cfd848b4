/** Types that the page's modules share. They are read by the type checker only; nothing here reaches the page. */

type CreditElement = import('../main/resources/dashboard/js/element.js').CreditElement;
type Host = import('@lit/reactive-element').ReactiveControllerHost;
type Changed = import('@lit/reactive-element').PropertyValues;
type Template = import('lit-html').TemplateResult | typeof import('lit-html').nothing;
type Shown = Template | string;
type Problem = import('../main/resources/dashboard/js/api.js').Problem;
type Live<Answer> = import('../main/resources/dashboard/js/live.js').Live<Answer>;

/** The base class of an element with these reactive properties, which `static properties` declares to the browser. */
type With<Properties> = typeof import('../main/resources/dashboard/js/element.js').CreditElement &
  (new (...none: any[]) => Properties);

/** An address of the API, with the type of its answer. */
type Path<Answer> = string & {readonly answer?: Answer};
type RouteOf = keyof Api.Routes;
type Parameter = string | number | boolean | null | undefined;
type Query<Route extends RouteOf> = {[name in Api.Routes[Route]['query']]?: Parameter};
type To<Route extends RouteOf> = Path<Api.Routes[Route]['answer']>;
type WorkspacePath<Route extends RouteOf> = (workspaceId: string, parameters?: Query<Route>) => To<Route>;

/** A calendar day, `2026-11-30`. */
type Day = string;
/** A point in time: ISO 8601, or milliseconds. */
type Instant = string | number;
type Zone = string;
type Granularity = Api.Trends['granularity'];

/** What the address says, each parameter as it stands there. */
type Route = {page: string} & {[name in RouteName]?: string};
type RouteName =
  | 'w' | 'campaign' | 'q' | 'lead' | 'event' | 'key' | 'reason' | 'topic' | 'range' | 'status' | 'sort' | 'kind'
  | 'by' | 'view' | 'compare' | 'balance' | 'hours' | 'trend';
/** A parameter of the address that cannot be shown, and why. */
type Note = {name: string; text: string};
type DayRange = {from: Day; to: Day};
/** Days up to an hour of the last one, `05:00`; null if that one counts whole. */
type Span = DayRange & {until: string | null};
type CheckedRange = DayRange & {wrong: string | null};

/** A workspace as the page knows it; its credit period is null if it has none, undefined if it is not known. */
type Workspace = Api.Workspace & {period?: Api.Period | null};
type Config = {
  supportContact: string | null;
  adminHint: string | null;
  loginUrl: string | null;
  links: {[name: string]: string};
};
type Context = {
  config: Config;
  me: Api.Me | null;
  mayRead?: boolean;
  mayOperate?: boolean;
  workspaces: Workspace[];
  unlisted: string | null;
};
type PageProperties = {context: Context; route: Route; workspace: Workspace};

/** A sentence of the forecast; `at` is the instant that `strong` names. */
type Sentence = {
  key: string;
  level: 'plain' | 'notice' | 'warning';
  lead: string;
  strong: string;
  at: string | null;
  text: string;
};

/** Alerts shown as one line, under a heading if there are several. */
type AlertLine = {alerts: Api.Alert[]; heading: string | null};

/** What the chart is drawn from: an answer of the trends route, or what a campaign's points make of it. */
type Charted = Pick<Api.Trends, 'from' | 'granularity' | 'groupBy' | 'timeZone' | 'total' | 'series'> & {to?: Day};
type Model = ReturnType<typeof import('../main/resources/dashboard/js/chart/model.js').chartModel>;
type Bucket = {
  start: string;
  state: 'over' | 'under-way' | 'ahead';
  values: number[];
  total: number;
  leads: number;
  phones: number;
  previous: number | null;
  remaining: number | null;
  /** The overage at its end; null if that is not known. */
  over: number | null;
  spikes: Api.Alert[];
  grants: Turn[];
};
type Series = {key: string | null; label: string; total: number; points: UsagePoint[]; colour: string | number};
type UsagePoint = Omit<Api.Point, 'remaining'>;
/** A grant that begins, or the rest of one that expires or is voided. */
type Turn = {kind: 'granted' | 'expired' | 'voided'; at: number; credits: number; grantId: string};
type Segment = {x: number; y0: number; y1: number; top: boolean};
type Scale = (value: number) => number;
type Projected = Pick<Api.Campaign, 'status' | 'projectedUsage' | 'projectionReason' | 'endsAt'>;
/** Whether a value of the address can be shown, and what is said if not. */
type Judge = {may: (value: string) => boolean; says: (value: string) => string};
/** A moment in a workspace's zone, as the reader writes it. */
type InZone = (instant: Instant, timeZone: Zone) => string;
/** How old one polled answer is, and why there is none newer. */
type Freshness = {asOf: string | null; problem: Problem | null; retry: () => void};
/** One of several elements alike. */
type Place = {selector: string; nth: number};
/** Parameters of the address; those without a value are left out of it. */
type State = {[name in RouteName | 'page']?: Parameter};

/**
 * What else the chart shows: the answer for the days before, one whose points carry `remaining`, spikes, grants, entries of voids;
 * `net` is the balance less overage of now.
 */
type Beside = {
  previous?: Charted | null;
  balance?: Charted | null;
  spikes?: Api.Alert[];
  grants?: Api.Grant[];
  voids?: Api.HistoryRow[];
  net?: number | null;
};
/** What screen readers have heard of the trends; `comparison` is the sentence, null without one. */
type Told = DayRange & {
  granularity: Granularity;
  groupBy: Api.Trends['groupBy'];
  total: number;
  balance: boolean;
  compared: boolean;
  comparison: string | null;
};
/** How rows of a range are set beside those of the one before: `starts` are its days or hours. */
type Paired = {starts: string[]; from: Day; fromBefore: Day; granularity: Granularity; timeZone: Zone};
type Count = 'credits' | 'leadsSourced' | 'phonesRevealed';
type ChartProperties = {
  model: Model;
  label: string;
  /** How it is read with the keyboard. */
  hint?: string;
  width: number;
  boxHeight: number;
  active: number | null;
  tabbed: number | null;
};
type Pressed = {pointerType?: string};
type Modified = {ctrlKey: boolean; metaKey: boolean};
type Layout = 'spend' | 'usage';
type TableProperties = {
  layout: Layout;
  rows: number;
  workspace: Workspace;
  route: Route;
  cursors: (string | null)[];
  text?: string;
};
type Column = {
  title: string;
  sort?: string;
  kind?: string;
  head?: boolean;
  /** `ids`: of the campaigns of the list that share their names. */
  cell: (item: Api.Campaign, workspace: Workspace, ids?: Map<string, string>) => Shown;
};
type StripProperties = {
  inForce: Api.Alert[];
  moreInForce?: boolean;
  raised?: Api.Alert[];
  more?: boolean;
  problem: Problem | null;
  workspace: {timeZone: Zone};
  here?: boolean;
  all?: boolean;
  every?: boolean;
};
type RangeProperties = {range: string; days: DayRange; today: Day; hasPeriod: boolean; periodText?: string; editing?: boolean};
type BalanceProperties = {
  live: Live<Api.Credits>;
  credits: Api.Credits | null;
  problem: Problem | null;
  workspace: Workspace;
  allGrants?: boolean;
};
type TrendsControls = {
  /** Hours are shown. */
  byHour: boolean;
  /** Why they cannot be, or null. */
  whyNotByHour: string | null;
  busy: boolean;
  save: () => void;
};
type TrendsProperties = {
  route: Route;
  workspace: Workspace;
  ready: boolean;
  credits: Api.Credits | null;
  alerts: Api.Alert[];
};
type Choice = {campaignId: string; name: string};
type PickerProperties = {
  workspace: Workspace;
  campaign: string;
  text: string;
  choices: Choice[];
  open: boolean;
  active: number;
  note?: string | null;
};
type Submitted = SubmitEvent & {target: HTMLFormElement};
type HistoryControls = {
  range: Partial<DayRange>;
  today: Day;
  hasPeriod: boolean;
  exporting: boolean;
  save: () => void;
};
type HistoryAround = {
  timeZone: Zone;
  loading: boolean;
  /** True while older rows may follow, so that the last day's may not be all. */
  more: boolean;
  /** Of the workspace. */
  grants: Api.Grant[];
  /** True if rows are hidden. */
  filtered: boolean;
};
/** What entries are told with: `ids` of campaigns that share their names, `times` of all entries by their ids. */
type RowsAround = {timeZone: Zone; grants: Api.Grant[]; ids: Map<string, string>; times: Map<string, string>};
type BalancedRange = DayRange & {today: Day; timeZone: Zone};
type Campaign = Api.Campaign & {points: Api.Point[]};
type OperationsProperties = {route: Partial<Route>; cursors: (string | null)[]; quietToo?: boolean};
type AppProperties = {context: Context | null; problem: (Problem & {config?: Config}) | null; route: Route; wrong: Note[]};
type DaysProperties = {days: Partial<DayRange>; today: Day; instead?: string; wrong: string | null};
/** What a GET came to: after a 304 nothing has changed, and there is no data. */
type Got<Answer> = {changed: boolean; data: Answer; etag: string | null | undefined; asOf: string};

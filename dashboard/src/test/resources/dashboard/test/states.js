/**
 * Workspaces in random states, as the API would answer about them: grants burnt down by usage after the contract's section 3,
 * looked at at a random moment. Same seed, same states.
 */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONES = ['America/Los_Angeles', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'];
/** Around clock changes, a turn of the year, and an ordinary day. */
const MOMENTS = ['2026-11-01T05:30:00Z', '2026-03-29T01:30:00Z', '2026-12-31T23:30:00Z', '2027-01-01T08:10:00Z', '2026-06-16T12:00:00Z'];

/** @returns {function(): number} uniform in [0, 1) */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Such a state as what every route of the page answers, by the route's end. */
export function answersOf(seed, present) {
  const {credits, campaigns, alerts} = stateOf(seed, present);
  const today = new Intl.DateTimeFormat('sv-SE', {timeZone: credits.timeZone}).format(new Date(present));
  const points = [{start: today, credits: 0, leadsSourced: 0, phonesRevealed: 0, remaining: credits.remaining}];
  const asOf = new Date(present).toISOString();
  return {
    '': {...credits, asOf},
    '/campaigns': {items: campaigns, nextCursor: null, asOf},
    '/alerts': {items: alerts, nextCursor: null, asOf},
    '/trends': {from: today, to: today, granularity: 'day', groupBy: 'none', timeZone: credits.timeZone, total: 0, series: [{key: 'all', label: 'All usage', rest: false, total: 0, points}], asOf},
  };
}

/**
 * @param present milliseconds; a random moment if it is left out
 * @returns `{now, credits, campaigns, alerts}`, alerts being those in force: answers of the routes at `now` (milliseconds)
 */
export function stateOf(seed, present) {
  const random = randomOf(seed);
  const below = count => Math.floor(random() * count);
  const pick = list => list[below(list.length)];
  const now = present ?? Date.parse(pick(MOMENTS)) + below(3 * DAY) - DAY;
  const timeZone = pick(ZONES);
  const grants = Array.from({length: pick([0, 1, 1, 1, 2, 3])}, (_, index) => grantOf(index, now, {random, below, pick}));
  const overage = spend(grants, usageOf(now, {below, pick}), now);
  const credits = creditsOf(grants, overage, timeZone, now, {random, below, pick});
  const campaigns = Array.from({length: pick([3, 3, 12])}, (_, index) => campaignOf(`${seed}-${index}`, now, {random, below, pick}));
  return {now, credits, campaigns, alerts: alertsOf(credits, campaigns, now)};
}

/** What is in force after the contract's thresholds, of each kind and subject the most severe, in its order. */
function alertsOf(credits, campaigns, now) {
  const alerts = [];
  const raise = (kind, level, threshold, subject) =>
    alerts.push({alertId: `${kind}-${subject.campaignId ?? subject.grantId ?? ''}`, campaignId: null, grantId: null, ...subject, kind, level, threshold, value: null, message: `${kind} ${level}`, occurredAt: new Date(now - HOUR).toISOString(), inForce: true});
  const {remaining, allocated, overage, grants} = credits;
  const share = allocated > 0 ? remaining / allocated : overage > 0 ? 0 : 1;
  const low = [[0, 'CRITICAL'], [0.1, 'WARNING'], [0.2, 'NOTICE']].find(([threshold]) => share <= threshold);
  if (low) raise('LOW_BALANCE', low[1], low[0], {});
  for (const {grantId, status, expiresAt} of grants) {
    if (status !== 'ACTIVE' || expiresAt === null) continue;
    const soon = [[1, 'CRITICAL'], [7, 'WARNING'], [30, 'NOTICE']].find(([within]) => Date.parse(expiresAt) - now <= within * DAY);
    if (soon) raise('EXPIRY', soon[1], soon[0], {grantId});
  }
  for (const {campaignId, quota, creditsUsed} of campaigns) {
    if (quota === null || creditsUsed === 0) continue;
    if (creditsUsed >= quota) raise('QUOTA', 'CRITICAL', 1, {campaignId});
    else if (creditsUsed >= quota * 0.8) raise('QUOTA', 'WARNING', 0.8, {campaignId});
  }
  const rank = ({campaignId, level}) => (campaignId === null ? 0 : 10) + ['CRITICAL', 'WARNING', 'NOTICE'].indexOf(level);
  return alerts.sort((a, b) => rank(a) - rank(b));
}

function grantOf(index, now, {random, below, pick}) {
  const amount = pick([1, 7, 50, 500, 1_000, 10_000, 1_000_000_000_000]);
  const effective = now + pick([-400, -60, -10, -1, -1, 3, 40, 400]) * DAY + below(DAY);
  const expires = pick([null, effective + (1 + below(500)) * DAY, now + (below(60) - 20) * HOUR, now + below(40) * DAY]);
  const end = expires !== null && expires <= effective ? effective + DAY : expires;
  const voided = random() < 0.12 ? effective + below(30 * DAY) : null;
  return {grantId: `grant-${index}`, amount, effective, end, voided, priority: below(2), rest: null, forfeited: 0, spent: 0};
}

function usageOf(now, {below, pick}) {
  const count = pick([0, 0, 1, 3, 40]);
  const each = pick([1, 1, 2, 30, 300]); // several events at one instant
  return Array.from({length: count}, () => ({at: now - below(pick([HOUR, 20 * DAY, 400 * DAY])), credits: each})).sort((a, b) => a.at - b.at);
}

/** Burns usage down in the contract's order; answers the overage. */
function spend(grants, usage, now) {
  let overage = 0;
  const never = Number.MAX_SAFE_INTEGER;
  const endOf = grant => Math.min(grant.end ?? never, grant.voided ?? never);
  const moments = [];
  for (const grant of grants) {
    if (endOf(grant) <= grant.effective) continue;
    moments.push({at: grant.effective, rank: 1, run: () => ((overage -= grant.spent = Math.min(overage, grant.amount)), (grant.rest = grant.amount - grant.spent))});
    moments.push({at: endOf(grant), rank: 0, run: () => ((grant.forfeited = grant.rest), (grant.rest = 0), (grant.over = true))});
  }
  for (const {at, credits} of usage) moments.push({at, rank: 2, run: () => (overage += drawn(grants, credits))});
  moments.sort((a, b) => a.at - b.at || a.rank - b.rank);
  for (const {at, run} of moments) if (at <= now) run();
  for (const grant of grants) {
    grant.live = grant.rest !== null && !grant.over;
    grant.scheduled = grant.effective > now && !(grant.voided !== null && grant.voided <= now);
  }
  return overage;
}

function drawn(grants, credits) {
  const order = (a, b) =>
    a.priority - b.priority || (a.end ?? Infinity) - (b.end ?? Infinity) || a.effective - b.effective || (a.grantId < b.grantId ? -1 : 1);
  let left = credits;
  for (const grant of grants.filter(one => one.rest > 0 && !one.over).sort((a, b) => order(a, b) || 0)) {
    const part = Math.min(left, grant.rest);
    grant.rest -= part;
    grant.spent += part;
    left -= part;
  }
  return left;
}

function itemOf(grant, now) {
  const {grantId, amount, priority} = grant;
  const voidedFirst = grant.voided !== null && (grant.end === null || grant.voided < grant.end) && grant.voided <= now;
  const status = grant.live
    ? grant.rest > 0 ? 'ACTIVE' : 'DEPLETED'
    : voidedFirst ? 'VOIDED' : grant.scheduled ? 'SCHEDULED' : 'EXPIRED';
  const remaining = status === 'SCHEDULED' ? amount : (grant.live ? grant.rest : 0);
  const began = grant.rest !== null;
  return {
    grantId,
    amount,
    remaining,
    consumed: began ? grant.spent : 0,
    forfeited: began && !grant.live ? amount - grant.spent : 0,
    effectiveAt: new Date(grant.effective).toISOString(),
    expiresAt: grant.end === null ? null : new Date(grant.end).toISOString(),
    priority,
    status,
  };
}

function creditsOf(grants, overage, timeZone, now, {random, below, pick}) {
  const items = grants.map(grant => itemOf(grant, now));
  const live = items.filter(({status}) => status === 'ACTIVE' || status === 'DEPLETED');
  const sum = (list, field) => list.reduce((total, item) => total + item[field], 0);
  const remaining = sum(live, 'remaining');
  const allocated = sum(live, 'amount');
  const ending = live.filter(item => item.expiresAt !== null);
  const first = (list) => list.map(item => item.expiresAt).sort()[0] ?? null;
  const expiresAt = first(ending.filter(item => item.remaining > 0));
  const periodEnd = first(ending);
  const period = periodEnd === null ? null : {start: ending.find(item => item.expiresAt === periodEnd).effectiveAt, end: periodEnd};
  return {
    workspaceId: 'random',
    name: 'Random',
    timeZone,
    remaining,
    allocated,
    consumed: allocated - remaining,
    overage,
    expiresAt,
    daysRemaining: expiresAt === null ? null : dayNumber(expiresAt, timeZone) - dayNumber(now, timeZone),
    period,
    grants: items,
    runway: runwayOf(remaining, ending, live, now, {random, below, pick}),
  };
}

/** Any runway that the contract allows of such a balance. */
function runwayOf(remaining, ending, live, now, {random, below, pick}) {
  const none = {depletesAt: null, earliest: null, latest: null};
  if (remaining === 0) return {...none, forfeitedAtExpiry: 0, reason: 'NO_CREDITS'};
  const rests = ending.reduce((total, item) => total + item.remaining, 0);
  const lost = random() < 0.5 ? 0 : Math.floor(random() * rests);
  const allEnd = live.every(item => item.remaining === 0 || item.expiresAt !== null);
  const last = ending.filter(item => item.remaining > 0).map(item => Date.parse(item.expiresAt)).sort((a, b) => b - a)[0];
  switch (pick(['little', 'never', 'ends', 'ends'])) {
    case 'little':
      return {...none, forfeitedAtExpiry: null, reason: 'TOO_LITTLE_USAGE'};
    case 'never':
      if (!allEnd) return {...none, forfeitedAtExpiry: lost, reason: 'NOT_FORESEEN'};
  }
  const minute = 60_000;
  const ends = allEnd && (lost > 0 || random() < 0.3) ? last : now + minute + below(allEnd ? last - now : 700 * DAY);
  const depletesAt = Math.ceil(ends / minute) * minute;
  const instant = time => new Date(time).toISOString();
  const earliest = depletesAt - below(Math.max(1, depletesAt - now));
  return {depletesAt: instant(depletesAt), earliest: instant(earliest), latest: pick([null, instant(depletesAt + below(90 * DAY))]), forfeitedAtExpiry: lost, reason: null};
}

const days = new Map();

function dayNumber(instant, timeZone) {
  if (!days.has(timeZone))
    days.set(timeZone, new Intl.DateTimeFormat('sv-SE', {timeZone, year: 'numeric', month: '2-digit', day: '2-digit'}));
  return Math.round(Date.parse(days.get(timeZone).format(new Date(instant)) + 'T00:00:00Z') / DAY);
}

function campaignOf(index, now, {random, below, pick}) {
  const quota = pick([null, 0, 1, 10, 1_000, 1_200, 1_000_000]);
  const creditsUsed = pick([0, 1, 9, 10, 996, 1_000, 1_204, 999_999, below(2_000)]);
  const status = pick(['DRAFT', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'PAUSED', 'COMPLETED', 'UNKNOWN']);
  const endsAt = pick([null, null, new Date(now + (below(1_000) - 200) * DAY).toISOString()]);
  const goesOn = status === 'ACTIVE' && !(endsAt && Date.parse(endsAt) <= now);
  const little = goesOn && random() < 0.3;
  const projectedUsage = little ? null : goesOn ? creditsUsed + below(500) : creditsUsed;
  const open = quota > creditsUsed && goesOn && !little;
  return {
    campaignId: `campaign-${index}`,
    name: `Campaign ${index}`,
    source: 'PLATFORM',
    status,
    creditsUsed,
    leadsSourced: creditsUsed,
    phonesRevealed: 0,
    quota,
    projectedUsage,
    projectedLow: projectedUsage,
    projectedHigh: projectedUsage,
    projectionReason: little ? 'too little to go by: only one day of activity so far' : goesOn ? 'based on the last 9 days, pauses left out' : null,
    quotaReachedAt: open && random() < 0.5 ? new Date(now + below(900) * DAY).toISOString() : null,
    startsAt: null,
    endsAt,
    lastActivityAt: creditsUsed > 0 ? new Date(now - below(DAY)).toISOString() : null,
  };
}

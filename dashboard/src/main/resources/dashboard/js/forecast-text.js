/**
 * Everything the page says about the future, and about what has ended: plain sentences from the API's answers, without a
 * browser. A sentence is `{key, level, lead, strong, at, text}`, read in that order; `at` is the instant that `strong` names.
 * What an answer does not hold is left out.
 */
import {dayOf, daysIn} from './days.js';
import * as format from './format.js';

const EXPIRY_NOTICE_DAYS = 30;
const SOON_MS = 2 * 86_400_000;
const MINUTE_MS = 60_000;
/** So far ahead the pipeline looks. */
const HORIZON_MS = 731 * 86_400_000;

/** @type {(key: string, level: Sentence['level'], parts: Partial<Sentence>) => Sentence} */
const sentence = (key, level, parts) => ({key, level, lead: '', strong: '', at: null, text: '', ...parts});
/** @param {string} key @param {Partial<Sentence>} parts */
const plain = (key, parts) => sentence(key, 'plain', parts);
/** @param {number} count */
const credits = count => format.counted(count, 'credit');
/** @param {number} count @param {string} one @param {string} many */
const verb = (count, one, many) => (count === 1 ? one : many);

/** @param {Api.Credits} answer @param {number} now in milliseconds */
export function creditsForecast(answer, now) {
  if (answer.grants.length === 0) return [];
  return answer.remaining > 0
    ? [...lasts(answer, now), ...expiries(answer, now), ...(isCountedOn(answer, now) ? [] : starts(answer))]
    : [...gone(answer), ...starts(answer)];
}

/** What of the forecast stands beside the balance on other pages; the next expiry has a place of its own there. @param {Api.Credits} answer @param {number} now */
export const glanceForecast = (answer, now) => creditsForecast(answer, now).filter(({key}) => key !== 'range' && key !== 'expiry');

/** Days to the next expiry, or why there are none. @param {Pick<Api.Credits, 'remaining' | 'daysRemaining'>} answer */
export const daysText = ({remaining, daysRemaining}) =>
  daysRemaining !== null ? format.number(daysRemaining) : remaining > 0 ? 'No expiry' : 'None';

/** Where no grant in use expires. @param {Pick<Api.Credits, 'remaining'>} credits */
export const noExpiryText = ({remaining}) => (remaining > 0 ? 'Never expires' : 'None');

/** The sentence as one string. @param {Sentence} sentence */
export const said = ({lead, strong, text}) => [lead, strong].filter(Boolean).join(' ') + text;

/** How long the credits last. @param {Api.Credits} answer @param {number} now */
function lasts({runway, grants, timeZone}, now) {
  if (!runway) return [];
  const {depletesAt, earliest, latest, reason} = runway;
  if (!depletesAt) {
    if (reason === 'TOO_LITTLE_USAGE')
      return [plain('lasts', {strong: 'Too little usage to go by yet', text: ': no forecast of how long the credits last.'})];
    if (reason === 'NOT_FORESEEN')
      return [plain('lasts', {strong: 'No end foreseen', text: ` within two years at the recent pace${counting(grants, now + HORIZON_MS, timeZone)}.`})];
    return [];
  }
  if (endsWithGrant(depletesAt, grants)) {
    const strong = format.exact(depletesAt, timeZone);
    return [plain('lasts', {lead: 'Lasts until', strong, at: depletesAt, text: `, when the last of it expires${counting(grants, endOfMinute(depletesAt), timeZone)}.`})];
  }
  /** @param {string} instant */
  const around = instant => about(instant, timeZone, now);
  const sentences = [plain('lasts', {lead: 'Lasts until about', strong: around(depletesAt), at: depletesAt, text: `${counting(grants, endOfMinute(depletesAt), timeZone)}.`})];
  if (earliest && latest && around(earliest) !== around(latest))
    sentences.push(plain('range', {text: `Most likely between ${around(earliest)} and ${around(latest)}.`}));
  else if (earliest && !latest) sentences.push(plain('range', {text: `Most likely not before ${around(earliest)}.`}));
  return sentences;
}

/** A foreseen moment: its hour where that is soon. @param {string} instant @param {Zone} timeZone @param {number} now */
const about = (instant, timeZone, now) =>
  Date.parse(instant) - now < SOON_MS ? format.moment(instant, timeZone) : format.shortDate(instant, timeZone);

/** Whether the sentence of how long the credits last names what starts next. @param {Api.Credits} answer @param {number} now */
function isCountedOn({runway, grants}, now) {
  const until = runway?.depletesAt ? endOfMinute(runway.depletesAt) : runway?.reason === 'NOT_FORESEEN' ? now + HORIZON_MS : now;
  return grants.some(({status, effectiveAt}) => status === 'SCHEDULED' && Date.parse(effectiveAt) < until);
}

/** What has not begun and is counted on until an instant: `, counting 3,950 credits that start on Dec 6`. @param {Api.Grant[]} grants @param {number} until @param {Zone} timeZone */
function counting(grants, until, timeZone) {
  const starts = grants
    .filter(({status, effectiveAt}) => status === 'SCHEDULED' && Date.parse(effectiveAt) < until)
    .sort((one, other) => Date.parse(one.effectiveAt) - Date.parse(other.effectiveAt));
  if (starts.length === 0) return '';
  const count = starts.reduce((sum, grant) => sum + grant.amount, 0);
  const days = starts.map(({effectiveAt}) => format.shortDate(effectiveAt, timeZone));
  const when = days[0] === days[days.length - 1] ? `on ${days[0]}` : `from ${days[0]} to ${days[days.length - 1]}`;
  return `, counting ${credits(count)} that ${verb(count, 'starts', 'start')} ${when}`;
}

/** A runway names the minute in which it ends. @param {string} instant */
const endOfMinute = instant => Date.parse(instant) + MINUTE_MS;

/** Of the credits that remain those that the next expiry takes: `1,573 of 11,670 credits expire`, `all 1,573 credits expire`. @param {Api.Credits} answer */
export function expiringText({grants, expiresAt, remaining}) {
  const count = rest(endingAt(grants, expiresAt));
  if (count === remaining) return remaining === 1 ? 'the last credit expires' : `all ${format.number(count)} credits expire`;
  return `${format.number(count)} of ${credits(remaining)} ${verb(count, 'expires', 'expire')}`;
}

/** Grants in use that end then. @param {Api.Grant[]} grants @param {string | null} expiresAt */
const endingAt = (grants, expiresAt) => grants.filter(grant => grant.status === 'ACTIVE' && grant.expiresAt === expiresAt);

/** @param {Api.Grant[]} grants */
const rest = grants => grants.reduce((sum, grant) => sum + grant.remaining, 0);

/** When a grant ends; not a number if it never does. @param {Api.Grant} grant */
const endOf = ({expiresAt}) => Date.parse(expiresAt ?? '');

/** A runway is told in whole minutes, a grant's end exactly. @param {string} instant @param {Api.Grant[]} grants */
const endsWithGrant = (instant, grants) =>
  grants.some(
    ({status, expiresAt}) =>
      expiresAt &&
      (status === 'ACTIVE' || status === 'SCHEDULED') &&
      Math.abs(Date.parse(expiresAt) - Date.parse(instant)) <= MINUTE_MS,
  );

/** Which grant loses how many credits and when: what is foreseen, and what is certain of the next one. @param {Api.Credits} answer @param {number} now */
function expiries({runway, grants, timeZone, daysRemaining, expiresAt, remaining}, now) {
  const ending = grants
    .filter(grant => grant.status === 'ACTIVE' && grant.expiresAt)
    .sort((one, other) => endOf(one) - endOf(other));
  if (ending.length === 0) return [];
  const forfeited = runway && (runway.depletesAt || runway.reason) ? (runway.forfeitedAtExpiry ?? 0) : 0;
  const lost = Math.min(format.estimate(forfeited), remaining);
  const sentences = [];
  if (lost > 0 && ending.length === 1) {
    const [{grantId}] = ending;
    const end = endOf(ending[0]);
    const text = ` at the recent pace: what is left of grant ${grantId} on ${format.exact(end, timeZone)}${inDays(end, timeZone, now)}.`;
    return [sentence('unused', 'warning', {strong: `About ${credits(lost)} will expire unused`, text})];
  }
  if (lost > 0) {
    const strong = `About ${credits(lost)} will expire unused`;
    sentences.push(sentence('unused', 'warning', {strong, text: ' at the recent pace, as your grants reach their ends.'}));
  }
  if (daysRemaining === null || daysRemaining > EXPIRY_NOTICE_DAYS) return sentences;
  const next = endingAt(ending, expiresAt);
  const count = rest(next);
  const names = `${next.length === 1 ? 'grant' : 'grants'} ${next.map(grant => grant.grantId).join(', ')}`;
  const when =
    daysRemaining === 0 ? 'today' : daysRemaining === 1 ? 'tomorrow' : `in ${format.counted(daysRemaining, 'day')}`;
  sentences.push(
    sentence('expiry', 'notice', {
      strong: `${credits(count)} not used by then ${verb(count, 'expires', 'expire')} ${when}`,
      text: `, on ${format.exact(endOf(next[0]), timeZone)} (${names}).`,
    }),
  );
  return sentences;
}

/** @param {Instant} instant @param {Zone} timeZone @param {number} now */
function inDays(instant, timeZone, now) {
  const days = daysIn(dayOf(now, timeZone), dayOf(instant, timeZone)) - 1;
  return days === 0 ? ', today' : `, in ${format.counted(days, 'day')}`;
}

/** Why nothing is left. @param {Api.Credits} answer */
function gone({grants, overage, timeZone}) {
  if (grants.some(grant => grant.status === 'DEPLETED')) {
    const text = overage > 0 ? '' : ' Further usage is counted as overage, which the next grant pays first.';
    return [sentence('used', 'warning', {strong: 'All credits are used.', text})];
  }
  const expired = grants.filter(grant => grant.status === 'EXPIRED');
  if (expired.length > 0) {
    const last = expired.reduce((a, b) => (endOf(a) >= endOf(b) ? a : b));
    const on = format.exact(endOf(last), timeZone);
    return last.forfeited > 0
      ? [sentence('expired', 'warning', {strong: `${credits(last.forfeited)} expired unused`, text: ` on ${on} (grant ${last.grantId}).`})]
      : [sentence('expired', 'warning', {strong: 'No grant is live.', text: ` The last one, ${last.grantId}, ended on ${on} with nothing left.`})];
  }
  if (grants.some(grant => grant.status === 'VOIDED'))
    return [sentence('voided', 'warning', {strong: 'No grant is live.', text: ' What was granted has been voided.'})];
  return [];
}

/** What begins next. @param {Pick<Api.Credits, 'grants' | 'timeZone'>} answer */
export function starts({grants, timeZone}) {
  const scheduled = grants.filter(grant => grant.status === 'SCHEDULED');
  if (scheduled.length === 0) return [];
  const first = scheduled.reduce((a, b) => (Date.parse(a.effectiveAt) <= Date.parse(b.effectiveAt) ? a : b)).effectiveAt;
  const next = scheduled.filter(grant => grant.effectiveAt === first);
  const count = next.reduce((sum, grant) => sum + grant.amount, 0);
  const strong = `${credits(count)} ${verb(count, 'starts', 'start')} on ${format.exact(first, timeZone)}`;
  return [sentence('starts', 'notice', {strong, text: '.'})];
}

/** Beside a grant: its days, and what became of it. @param {Api.Grant} grant @param {Zone} timeZone */
export function grantWords({status, amount, consumed, forfeited, effectiveAt, expiresAt}, timeZone) {
  const from = format.exact(effectiveAt, timeZone);
  const until = expiresAt ? format.exact(expiresAt, timeZone) : null;
  const used = consumed === 0 ? 'nothing used' : consumed === amount ? 'all used' : `${format.number(consumed)} used`;
  switch (status) {
    case 'SCHEDULED':
      return `starts ${from}${until ? `, expires ${until}` : ''}`;
    case 'EXPIRED':
      return `expired ${until} · ${used}${forfeited > 0 ? `, ${format.number(forfeited)} expired unused` : ''}`;
    case 'VOIDED':
      return `granted ${from}, voided · ${used}${forfeited > 0 ? `, ${format.number(forfeited)} withdrawn` : ''}`;
    default:
      return until ? `expires ${until}` : 'never expires';
  }
}

/**
 * A campaign's use of its quota: level '' | 'near' | 'over'; percent null where there is none to tell.
 * @param {{quota: number, creditsUsed: number, quotaReachedAt: string | null}} campaign @param {Zone} timeZone @param {number} now
 */
export function quotaWords({quota, creditsUsed, quotaReachedAt}, timeZone, now) {
  if (quota === 0)
    return creditsUsed > 0
      ? {level: 'over', percent: null, note: 'Over its quota, which allows nothing'}
      : {level: '', percent: null, note: 'Nothing is allowed'};
  const percent = format.share(creditsUsed, quota);
  if (creditsUsed > quota) return {level: 'over', percent, note: `Over its quota by ${format.number(creditsUsed - quota)}`};
  if (creditsUsed === quota) return {level: 'over', percent, note: 'Quota reached'};
  const level = creditsUsed >= quota * 0.8 ? 'near' : '';
  return {level, percent, note: quotaReachedAt ? `Expected to be reached about ${about(quotaReachedAt, timeZone, now)}` : ''};
}

/** What the credit period is. */
export const PERIOD = 'the term of the live grant that expires first, used up or not';

/** @type {{[status in Api.Campaign['status']]?: string}} */
const SETTLED = {
  DRAFT: 'A draft: nothing is expected until it is active',
  PAUSED: 'Paused: no further usage is expected until it goes on',
  COMPLETED: 'Completed: no further usage is expected',
  UNKNOWN: 'Not described yet: no further usage is foreseen',
};

/**
 * What a campaign's projection means: `{by, basis}`; `by` is until when, `basis` what it goes by or why there is none.
 *
 * @param {Projected} item
 * @param {Api.Period | null | undefined} period the workspace's credit period; null if there is none, undefined if it is not known
 * @param {Zone} timeZone @param {number} now
 */
export function projectionWords(item, period, timeZone, now) {
  const basis = item.projectionReason ? capital(item.projectionReason) : '';
  if (item.projectedUsage === null) return {by: '', basis: basis || 'Too little to go by yet'};
  const settled = SETTLED[item.status];
  if (settled) return {by: '', basis: settled};
  if (item.endsAt && Date.parse(item.endsAt) <= now)
    return {by: '', basis: `It ended on ${format.exact(item.endsAt, timeZone)}: no further usage is expected`};
  if (item.endsAt) return {by: `by its end on ${format.exact(item.endsAt, timeZone)}`, basis};
  if (period === undefined) return {by: '', basis};
  if (period === null) return {by: `by ${format.shortDate(now + 30 * 86_400_000, timeZone)}, 30 days from now`, basis};
  return {by: `by ${format.exact(period.end, timeZone)}, the end of the credit period`, basis};
}

/** @param {string} text */
const capital = text => text[0].toUpperCase() + text.slice(1);

/** When a campaign runs, and when it was last active. @param {Pick<Api.Campaign, 'startsAt' | 'endsAt' | 'lastActivityAt'>} campaign @param {string} zone @param {number} now */
export function campaignDates({startsAt, endsAt, lastActivityAt}, zone, now) {
  const parts = [];
  if (startsAt && endsAt) parts.push(`${format.exact(startsAt, zone)} to ${format.exact(endsAt, zone)}`);
  else if (startsAt) parts.push(`${Date.parse(startsAt) > now ? 'from' : 'since'} ${format.exact(startsAt, zone)}`);
  else if (endsAt) parts.push(`until ${format.exact(endsAt, zone)}`);
  if (lastActivityAt) parts.push(`last activity ${format.dateTime(lastActivityAt, zone)}`);
  return parts.map(part => ' · ' + part).join('');
}

/**
 * What sentences of the page must be true of, written from the contract and the cases, without a word from the page's own
 * modules. Each answers what contradicts the numbers, in plain words; nothing if all is well.
 */
const number = text => Number(text.replaceAll(',', ''));
const NUMBER = '([\\d,]+)';

const formats = new Map();

function formatted(instant, options) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('en-US', options));
  return formats.get(key).format(new Date(instant)).replaceAll(/\s/g, ' ');
}

/** Days as people in that zone would name them: `Dec 15`, `Dec 15, 2026`, each with its hour or without. */
function names(instant, timeZone) {
  const in_ = options => formatted(instant, {timeZone, ...options});
  const day = {month: 'short', day: 'numeric'};
  const clock = {hour: 'numeric', minute: '2-digit'};
  return {
    day: in_(day),
    year: in_({year: 'numeric'}),
    fullDay: in_({...day, year: 'numeric'}),
    exact: in_({...day, year: 'numeric', ...clock, timeZoneName: 'short'}),
  };
}

/** @param text everything the page says about a balance; @param credits answer of the credits route; @param now milliseconds */
export function contradictionsOfBalance(text, credits, now) {
  const wrong = [];
  const must = (holds, what) => holds || wrong.push(what);
  const {remaining, allocated, overage, grants, runway, timeZone, daysRemaining, expiresAt} = credits;
  const live = grants.filter(({status}) => status === 'ACTIVE' || status === 'DEPLETED');
  const said = pattern => text.match(new RegExp(pattern));

  if (said('All credits are used'))
    must(remaining === 0 && live.length > 0 && allocated > 0, 'says all is used, but that is not what became of it');
  if (grants.every(grant => grant.consumed === 0) && overage === 0) must(!said('(?<!not )(?<!nothing )\\b(are|is|all) used'), 'speaks of use where nothing was used');
  if (remaining === 0) {
    must(!said('Lasts until|No end foreseen|will expire|Too little usage'), 'foresees something of a balance of 0');
    must(!said('expires? (today|tomorrow|in )'), 'lets expire what is not there');
  }

  const unused = said(`${NUMBER} credits? expired unused on ([^(]+) \\(grant (\\S+)\\)`);
  if (unused) {
    const grant = grants.find(one => one.grantId === unused[3]);
    must(grant?.status === 'EXPIRED' && grant.forfeited === number(unused[1]), 'names an expiry that was none');
    must(grant && unused[2].trim() === names(grant.expiresAt, timeZone).exact, `dates the expiry ${unused[2]}`);
  }
  const allExpired = grants.length > 0 && grants.every(one => one.status === 'EXPIRED' && one.forfeited === one.amount);
  if (allExpired) must(unused, 'does not say that all expired unused');

  const starts = said(`${NUMBER} credits? starts? on (.+? [A-Z+:\\d-]+)\\.`);
  const scheduled = grants.filter(({status}) => status === 'SCHEDULED');
  if (starts) {
    const due = scheduled.filter(one => names(one.effectiveAt, timeZone).exact === starts[2]);
    must(due.length > 0, `starts at ${starts[2]}, when no grant starts`);
    must(number(starts[1]) <= due.reduce((sum, one) => sum + one.amount, 0), 'starts more than is granted then');
  }
  if (scheduled.length > 0) must(starts || said('counting'), 'does not say what starts when');

  const forecast = remaining > 0 && runway;
  must(Boolean(said('Too little usage')) === Boolean(forecast && runway.reason === 'TOO_LITTLE_USAGE'), 'too little usage: not as the API has it');
  must(Boolean(said('No end foreseen')) === Boolean(forecast && runway.reason === 'NOT_FORESEEN'), 'no end foreseen: not as the API has it');
  must(Boolean(said('Lasts until')) === Boolean(forecast && runway.depletesAt), 'lasts until: not as the API has it');
  if (forecast && runway.depletesAt) {
    const at = names(runway.depletesAt, timeZone);
    must(text.includes(at.day), `does not name ${at.day}`);
    if (at.year !== names(now, timeZone).year) must(text.includes(at.year), `leaves out the year ${at.year}`);
  }

  const lost = said(`About ${NUMBER} credits? will expire unused`);
  const loses = forecast && runway.forfeitedAtExpiry ? runway.forfeitedAtExpiry : 0;
  const says = lost ? number(lost[1]) : 0;
  must(loses <= 1_000 ? says === loses : Math.abs(says - loses) <= loses * 0.005 && says <= remaining, 'loses another number than the API has');

  const counts = said(`counting ${NUMBER} credits? that starts?`);
  const until = forecast && (runway.depletesAt ? Date.parse(runway.depletesAt) : runway.reason === 'NOT_FORESEEN' ? now + 731 * 86_400_000 : null);
  const due = until ? scheduled.filter(one => Date.parse(one.effectiveAt) < until).reduce((sum, one) => sum + one.amount, 0) : 0;
  must((counts ? number(counts[1]) : 0) === due, `counts ${counts?.[1]} credits that start later, which are ${due}`);

  const expiring = said(`${NUMBER} credits? not used by then expires? (today|tomorrow|in ${NUMBER} days?), on ([^(]+) \\(grants? ([^)]+)\\)`);
  if (expiring) {
    const days = expiring[2] === 'today' ? 0 : expiring[2] === 'tomorrow' ? 1 : number(expiring[3]);
    must(days === daysRemaining, `counts ${days} days, the API ${daysRemaining}`);
    const due = grants.filter(one => one.expiresAt === expiresAt && one.status === 'ACTIVE');
    must(number(expiring[1]) === due.reduce((sum, one) => sum + one.remaining, 0), 'expires another number than is left');
    must(expiring[4].trim() === names(expiresAt, timeZone).exact, `dates the expiry ${expiring[4]}`);
  }
  if (remaining > 0 && daysRemaining !== null && daysRemaining <= 30) must(expiring || lost, 'is silent about the next expiry');

  must(!said('NaN|undefined|null|Invalid'), 'holds what is no word');
  return wrong;
}

/** Whether a percentage is the one that is reached, which the server's alerts name: never more, and less than one above it. */
function isCutOff(text, part, whole) {
  const [, bound, percent] = text.match(/(under |over )?([\d,]+)%/) ?? [];
  const share = (part * 100) / whole;
  if (bound === 'under ') return number(percent) === 1 && share > 0 && share < 1;
  if (bound === 'over ') return number(percent) === 99 && share > 99 && share < 100;
  return number(percent) <= share && share < number(percent) + 1;
}

/** @param left what is said to be left of the allocation, in percent */
export function contradictionsOfShare(left, {remaining, allocated}) {
  const wrong = [];
  if (/\b0%/.test(left) && remaining > 0) wrong.push('0 % left of what is not gone');
  if (/\b100%/.test(left) && remaining < allocated) wrong.push('100 % left of what is used in part');
  if (!isCutOff(left, remaining, allocated)) wrong.push(`${left} of ${remaining} of ${allocated}`);
  return wrong;
}

/** @param text what stands in a campaign's quota; @param quoted the campaign as the API has it */
export function contradictionsOfQuota(text, {quota, creditsUsed, quotaReachedAt}, timeZone, now) {
  const wrong = [];
  const must = (holds, what) => holds || wrong.push(what);
  const percent = text.match(/(under |over )?(\d+(?:,\d+)*)%/);
  if (quota === null) return percent ? ['a percentage of no quota'] : [];
  if (quota === 0) {
    must(!percent, 'a percentage of 0');
    must(/[Oo]ver/.test(text) === creditsUsed > 0, 'a quota of 0 is over from the first credit on, and not before');
    return wrong;
  }
  must(percent, 'no percentage');
  if (percent) {
    const says = number(percent[2]);
    must(says < 100 || creditsUsed >= quota, '100 % too early');
    must(says > 0 || creditsUsed === 0, '0 % of what is used');
    must(isCutOff(text, creditsUsed, quota), `${percent[0]} of ${creditsUsed} of ${quota}`);
  }
  must(/Quota reached|Over its quota/.test(text) === creditsUsed >= quota, 'reached: not as the numbers have it');
  if (/Over its quota/.test(text)) must(creditsUsed > quota, 'over, but it is not');
  must(/Expected to be reached about/.test(text) === Boolean(quotaReachedAt), 'says when it is reached otherwise than the API');
  if (quotaReachedAt) {
    const at = names(quotaReachedAt, timeZone);
    must(text.includes(at.day), `does not name ${at.day}`);
    if (at.year !== names(now, timeZone).year) must(text.includes(at.fullDay), `leaves out the year ${at.year}`);
  }
  return wrong;
}

/** @param text what stands beside a campaign's projected usage */
export function contradictionsOfProjection(text, item, period, timeZone, now) {
  const wrong = [];
  const must = (holds, what) => holds || wrong.push(what);
  const ended = item.endsAt !== null && Date.parse(item.endsAt) <= now;
  const goesOn = item.status === 'ACTIVE' && !ended;
  if (item.projectedUsage === null) must(/too little/i.test(text), 'does not say why there is no projection');
  else if (goesOn) {
    const until = item.endsAt ?? period?.end;
    const at = until ? names(until, timeZone) : null;
    must(at ? text.includes(at.day) : text.includes('30 days'), 'does not say until when');
    if (at && at.year !== names(now, timeZone).year) must(text.includes(at.year), `leaves out the year ${at.year}`);
    must(!/no further usage/.test(text), 'expects nothing of an active campaign');
  } else must(/no further usage|nothing is expected/.test(text), 'does not say that it stays as it is');
  return wrong;
}

/**
 * @param text everything the page says of alerts in force; @param shown ids of those it shows, in its order
 * @param alerts those in force as the API has them
 */
export function contradictionsOfAlerts(text, shown, alerts, campaigns) {
  const wrong = [];
  const must = (holds, what) => holds || wrong.push(what);
  const ids = alerts.map(({alertId}) => alertId);
  must(shown.every(id => ids.includes(id)), 'shows what is not in force');
  must(new Set(shown).size === shown.length, 'shows an alert twice');
  must((shown.length === 0) === (ids.length === 0), 'is silent about what is in force');
  if (ids.length > 0) must(shown[0] === ids[0], 'does not begin with the first');
  const told = (pattern, count) => {
    const said = text.match(new RegExp(`${NUMBER} ${pattern}`));
    if (said) must(number(said[1]) === count, `says ${said[0]}, which are ${count}`);
  };
  const quoted = campaigns.filter(({quota, creditsUsed}) => quota !== null && creditsUsed > 0);
  told('campaigns have reached their quota', quoted.filter(({quota, creditsUsed}) => creditsUsed >= quota).length);
  told('campaigns have used 80% of their quota or more', quoted.filter(({quota, creditsUsed}) => creditsUsed < quota && creditsUsed >= quota * 0.8).length);
  const all = text.match(new RegExp(`All in force \\(${NUMBER}\\)`));
  if (all) must(number(all[1]) === ids.length, `says ${all[0]}, which are ${ids.length}`);
  return wrong;
}

/** The page's address. */
import assert from 'node:assert/strict';
import {test} from 'node:test';

globalThis.addEventListener ??= () => {}; // the module listens to the browser when it is loaded
globalThis.location = {search: ''};
const {hrefOf, hrefOfCampaign, hrefOfDay, hrefOfHistory, hrefOfList, hrefOfTrends} = await import('../../main/resources/dashboard/js/url-state.js');

test('workspace and page come first, what has no value is left out, slashes stay readable', () => {
  assert.equal(hrefOf({range: '7d', page: 'settings/credits', w: 'a b&c', q: '', view: null, by: undefined}), '?w=a%20b%26c&page=settings/credits&range=7d');
  assert.equal(hrefOf({page: 'campaigns'}), '?');
});

const from = (search, href) => {
  globalThis.location = {search};
  return href();
};

test('from the Credits page to the history and back the days and all else stay', () => {
  const there = from('?w=acme&page=settings/credits&range=90d&by=source&q=x', () => hrefOfHistory());
  assert.equal(there, '?w=acme&page=settings/credits/history&range=90d&by=source&q=x');
  assert.equal(from(there, () => hrefOfTrends()), '?w=acme&page=settings/credits&range=90d&by=source&q=x');
  const filtered = '?w=acme&page=settings/credits/history&range=7d&kind=GRANTED&lead=l';
  const back = from(filtered, () => hrefOfTrends());
  assert.equal(from(back, () => hrefOfHistory()), filtered);
});

test('a day that is opened from the chart leaves the chart its days', () => {
  const day = from('?w=acme&page=settings/credits&range=90d&compare=1', () => hrefOfDay('2026-11-03'));
  assert.equal(day, '?w=acme&page=settings/credits/history&range=2026-11-03..2026-11-03&compare=1&trend=90d');
  assert.equal(from(day, () => hrefOfTrends()), '?w=acme&page=settings/credits&range=90d&compare=1');
  const usual = from('?w=acme&page=settings/credits', () => hrefOfDay('2026-11-03'));
  assert.equal(from(usual, () => hrefOfTrends()), '?w=acme&page=settings/credits&range=30d');
});

test('the list of campaigns comes back as it was left', () => {
  const campaign = from('?w=acme&sort=name&status=PAUSED&q=web', () => hrefOfCampaign('c-2'));
  assert.equal(campaign, '?w=acme&page=campaign&campaign=c-2&q=web&status=PAUSED&sort=name');
  assert.equal(from(campaign, () => hrefOfList()), '?w=acme&q=web&status=PAUSED&sort=name');
  assert.equal(from('?w=acme&page=campaign&campaign=c-2', () => hrefOfList()), '?w=acme');
});

test('a campaign’s history is of its page’s days, and of nothing that was filtered before', () => {
  const campaign = '?w=acme&page=campaign&campaign=c-2&sort=name';
  assert.equal(from(campaign, () => hrefOfHistory({campaign: 'c-2', range: '30d'})), '?w=acme&page=settings/credits/history&campaign=c-2&sort=name&range=30d');
  assert.equal(from(campaign, () => hrefOfDay('2026-11-03', 'c-2')), '?w=acme&page=settings/credits/history&campaign=c-2&sort=name&range=2026-11-03..2026-11-03&trend=30d');
});

/** A box for one event: its id in, what became of it out. The id stands in the address. */
import {CreditElement, html, nothing} from '../element.js';
import {serverNow} from '../clock.js';
import {dayOf} from '../days.js';
import * as format from '../format.js';
import {Live} from '../live.js';
import * as paths from '../paths.js';
import * as url from '../url-state.js';
import {eventWords, expiryWords, rowInstant} from './event-text.js';

const NAME_MS = 60_000;

class EventTrace extends /** @type {With<{workspace: Workspace, event?: string, grants: Api.Grant[]}>} */ (CreditElement) {
  /** `grants`: of the workspace. */
  static properties = {workspace: {attribute: false}, event: {}, grants: {attribute: false}};

  constructor() {
    super();
    this.live = new Live(this, () => (this.event ? paths.event(this.workspace.workspaceId, this.event) : null), {quiet: true});
    this.campaign = new Live(
      this,
      () => {
        const id = this.live.data?.campaignId;
        return id ? paths.campaign(this.workspace.workspaceId, id) : null;
      },
      {quiet: true, everyMs: NAME_MS},
    );
  }

  render() {
    return html`<details class="explain" ?open=${Boolean(this.event)}>
      <summary>Look up one event</summary>
      <form class="toolbar" @submit=${this.#look}>
        <label class="field"
          ><span class="field-label">Event id</span>
          <input class="input" name="event" autocomplete="off" required pattern=".*\\S.*" title="The id of an event" .value=${this.event ?? ''}
        /></label>
        <button class="button">Look up</button>
      </form>
      <div role="status">${this.event ? this.#answer() : nothing}</div>
    </details>`;
  }

  #answer() {
    const {data, problem, loading} = this.live;
    if (loading) return html`<p>Looking it up…</p>`;
    if (data && !this.campaign.loading) {
      const campaign = this.campaign.data && paths.campaignIn(this.campaign.data);
      return html`${eventWords(data, this.workspace.timeZone, campaign?.name).map(text => html`<p><bdi>${text}</bdi></p>`)}
      ${this.#entry(rowInstant(data, this.grants, serverNow()), data.kind)}`;
    }
    const expiry = problem?.status === 404 && this.event ? expiryWords(this.event, this.grants, this.workspace.timeZone) : null;
    if (expiry) return html`<p><bdi>${expiry.text}</bdi></p>${this.#entry(expiry.at, 'EXPIRED')}`;
    if (problem?.status === 404)
      return html`<p>
        No event <b><bdi>${this.event}</bdi></b> was accepted in this workspace, or it is forgotten. If it was rejected,
        whoever runs Creditflow sees it on the Operations page.
      </p>`;
    return html`<p>${problem ? `The event cannot be looked up. ${problem.message}` : 'Looking it up…'}</p>`;
  }

  /** A link to the day's entries of that kind. @param {string | null} at @param {string} kind */
  #entry(at, kind) {
    if (at === null) return nothing;
    const day = dayOf(at, this.workspace.timeZone);
    const href = url.hrefOf({...url.read(), range: `${day}..${day}`, kind, campaign: null, lead: null});
    return html`<p><a href=${href}>See its entry in the history of ${format.day(day, this.workspace.timeZone)}</a></p>`;
  }

  /** @param {Submitted} event */
  #look(event) {
    event.preventDefault();
    url.change({event: String(new FormData(event.target).get('event')).trim()});
  }
}

customElements.define('event-trace', EventTrace);

/** Chooses one campaign of thousands: a combobox that asks the server for names as one types. */
import {CreditElement, html, nothing} from '../element.js';
import {announce} from '../announce.js';
import {get} from '../api.js';
import * as format from '../format.js';
import {sharedName} from '../campaigns/columns.js';
import {twins} from '../names.js';
import * as paths from '../paths.js';
import * as url from '../url-state.js';

const SEARCH_PAUSE_MS = 200;
const CHOICES = 20;

class CampaignPicker extends /** @type {With<PickerProperties>} */ (CreditElement) {
  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  static properties = {
    workspace: {attribute: false},
    campaign: {},
    text: {state: true},
    choices: {state: true},
    open: {state: true},
    active: {state: true},
    note: {state: true},
  };

  #timer = 0;
  #asked = 0;
  #isAsking = false; // typed text waits, or an answer is awaited
  #arrows = 0; // pressed meanwhile

  constructor() {
    super();
    this.text = '';
    /** @type {Choice[]} */
    this.choices = [];
    this.open = false;
    this.active = -1;
  }

  /** @param {Changed} changed */
  willUpdate(changed) {
    if (changed.has('campaign')) this.#nameIt();
  }

  updated() {
    this.querySelector('.choices .active')?.scrollIntoView({block: 'nearest'});
  }

  render() {
    const ids = twins(this.choices.map(({campaignId: id, name}) => ({id, name})));
    return html`<div class="field picker">
      <label class="field-label" for="campaign-picker">Campaign</label>
      <input
        id="campaign-picker"
        class="input"
        role="combobox"
        autocomplete="off"
        placeholder="All campaigns"
        aria-autocomplete="list"
        aria-invalid=${this.note ? 'true' : nothing}
        aria-expanded=${this.open}
        aria-controls="campaign-choices"
        aria-activedescendant=${this.open && this.active >= 0 ? `campaign-choice-${this.active}` : nothing}
        .value=${this.text}
        @input=${this.#typed}
        aria-describedby="campaign-note"
        @click=${() => this.open || this.#look('')}
        @blur=${this.#leave}
        @keydown=${this.#key}
      />
      <ul id="campaign-choices" class="choices" role="listbox" aria-label="Campaigns" ?hidden=${!this.open}>
        ${this.choices.map(
          (choice, index) =>
            html`<li
              id="campaign-choice-${index}"
              role="option"
              aria-selected=${choice.campaignId === this.campaign}
              class=${index === this.active ? 'active' : ''}
              @pointerdown=${event => {
                event.preventDefault();
                this.#choose(choice);
              }}
            >
              <bdi>${choice.name}</bdi>${sharedName(choice.campaignId, ids)}
            </li>`,
        )}
      </ul>
      <p id="campaign-note" class="field-error" role="status">${this.note ?? nothing}</p>
    </div>`;
  }

  /** The chosen campaign's name, for the field; whatever is typed meanwhile stays. */
  async #nameIt() {
    const campaign = (this.text = this.campaign);
    this.note = null;
    if (!campaign) return;
    const untouched = () => campaign === this.campaign && this.text === campaign;
    try {
      const {data} = await get(paths.campaign(this.workspace.workspaceId, campaign));
      if (untouched()) this.#named(paths.campaignIn(data), campaign);
    } catch (problem) {
      if (untouched() && problem.status === 404) this.#named(null, campaign); // else its id says enough
    }
  }

  /** @param {Api.Campaign | null} found @param {string} campaign */
  #named(found, campaign) {
    if (found) this.text = found.name || campaign;
    else this.note = 'No such campaign here.';
  }

  /** @param {Event & {target: HTMLInputElement}} event */
  #typed(event) {
    this.text = event.target.value;
    this.note = null;
    this.#isAsking = true;
    this.#arrows = 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(this.text.trim()), SEARCH_PAUSE_MS);
  }

  /** @param {string} search */
  async #look(search) {
    const asked = ++this.#asked;
    clearTimeout(this.#timer);
    this.#isAsking = true;
    try {
      const {data} = await get(
        paths.campaigns(this.workspace.workspaceId, {search, limit: CHOICES, sort: search ? 'name' : null}),
      );
      if (asked !== this.#asked || !this.contains(document.activeElement)) return;
      const all = search === '' ? [{campaignId: '', name: 'All campaigns'}] : [];
      this.choices = [
        ...all,
        ...data.items.map(item => ({campaignId: item.campaignId, name: item.name || item.campaignId})),
      ];
      this.#isAsking = false;
      this.active = Math.min(this.choices.length, this.#arrows) - 1;
      this.#arrows = 0;
      this.open = this.choices.length > 0;
      this.note = this.open ? null : 'No campaign matches.';
      if (search && this.open) announce(matches(data));
    } catch (problem) {
      if (asked !== this.#asked) return;
      this.#isAsking = false;
      this.open = false;
      this.note = `Campaigns cannot be searched. ${problem.message}`;
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const last = this.choices.length - 1;
    if (event.key === 'Escape' && this.open) this.open = false;
    else if (event.key === 'ArrowDown' && (this.#isAsking || !this.open)) this.#arrow();
    else if (event.key === 'ArrowDown') this.active = Math.min(last, this.active + 1);
    else if (event.key === 'ArrowUp') this.active = Math.max(0, this.active - 1);
    else if (event.key === 'Enter') this.#enter();
    else return;
    event.preventDefault();
  }

  /** Walks into the choices once they are here. */
  #arrow() {
    if (!this.#isAsking) {
      this.#arrows = 0;
      this.#look('');
    }
    this.#arrows += 1;
  }

  #enter() {
    if (this.open && this.active >= 0) this.#choose(this.choices[this.active]);
    else if (this.text.trim() === '') this.#choose({campaignId: '', name: ''});
    else if (this.choices.length === 1) this.#choose(this.choices[0]);
  }

  /** @param {Choice} choice */
  #choose(choice) {
    this.open = false;
    this.text = choice.campaignId ? choice.name : '';
    url.change({campaign: choice.campaignId});
  }

  /** An emptied field means all campaigns; half a name means the one chosen before. */
  #leave() {
    this.open = false;
    this.#isAsking = false;
    if (this.text.trim() === '' && this.campaign) url.change({campaign: null});
    else this.#nameIt();
  }
}

/** @param {Api.CampaignPage} page */
const matches = ({items, nextCursor}) =>
  nextCursor ? `More than ${format.number(items.length)} campaigns match.` : `${format.counted(items.length, 'campaign matches', 'campaigns match')}.`;

customElements.define('campaign-picker', CampaignPicker);

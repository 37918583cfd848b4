/** What every page of a workspace polls: its balance, its alerts in force and those raised. */
import {Live} from '../live.js';
import * as paths from '../paths.js';

/** What stands below the alerts waits for them a little, instead of being pushed down. */
const ALERTS_WAIT_MS = 2_500;
const ALERTS_MAX = 500; // the longest page there is

export class WorkspaceLive {
  #host;
  #waited = false;

  /**
   * @param {Host} host
   * @param {() => string} workspaceId gives the workspace to ask about
   * @param {{withRaised?: boolean}} options whether the page shows alerts that are not in force, too
   */
  constructor(host, workspaceId, {withRaised = true} = {}) {
    this.#host = host;
    this.balance = new Live(host, () => paths.credits(workspaceId()));
    this.alerts = new Live(host, () => paths.alerts(workspaceId(), {inForce: true, limit: ALERTS_MAX}), {quiet: true});
    this.all = new Live(host, () => (withRaised ? paths.alerts(workspaceId(), {limit: ALERTS_MAX}) : null), {quiet: true});
    host.addController(this);
  }

  hostConnected() {
    setTimeout(() => {
      this.#waited = true;
      this.#host.requestUpdate();
    }, ALERTS_WAIT_MS);
  }

  /** The workspace as it was chosen, with what its balance says of it: name, zone and `period` (undefined until known). @param {Workspace} workspace @returns {Workspace} */
  describe(workspace) {
    const {data} = this.balance;
    return data ? {...workspace, name: data.name, timeZone: data.timeZone, period: data.period} : workspace;
  }

  /** Whether the alerts are there, or have been waited for long enough. */
  get alertsKnown() {
    return Boolean(this.alerts.data || this.alerts.problem || this.#waited);
  }

  get raised() {
    return this.all.data?.items ?? NONE;
  }

  get inForce() {
    return this.alerts.data?.items ?? NONE;
  }

  get moreInForce() {
    return Boolean(this.alerts.data?.nextCursor);
  }

  get moreRaised() {
    return Boolean(this.all.data?.nextCursor);
  }
}

/** @type {Api.Alert[]} */
const NONE = [];

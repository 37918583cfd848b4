/** The base of every component: lit-html in the light DOM, so that one stylesheet and one id space serve the page. */
import {ReactiveElement} from '../vendor/reactive-element/reactive-element.js';
import {nothing, render} from '../vendor/lit-html/lit-html.js';

export {html, svg, nothing} from '../vendor/lit-html/lit-html.js';

export class CreditElement extends ReactiveElement {
  createRenderRoot() {
    return this;
  }

  /** @param {Changed} changed */
  update(changed) {
    super.update(changed);
    if (!this.hasUpdated) this.textContent = ''; // the skeleton that index.html painted first
    render(this.render(), this, {host: this});
  }

  /** @returns {Template} */
  render() {
    return nothing;
  }
}

/** Where the focus goes on to when what had it goes. */

/** @param {Element | null | undefined} element one that need not be reached by Tab */
export function focusOn(element) {
  if (!(element instanceof HTMLElement)) return;
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({preventScroll: true});
}

/** The heading of the part of the page that holds an element. @param {Element} element */
export const headingAround = element =>
  element.closest('section:has(h2)')?.querySelector('h2') ?? document.querySelector('h1');

/**
 * A link or a bar as one of those alike, to be found again when the page is drawn anew; null for anything else.
 * @param {Element | null} element @returns {Place | null}
 */
export function placeOf(element) {
  const name = ['href', 'data-start'].find(one => element?.hasAttribute(one));
  if (!element || !name) return null;
  const selector = `${element.localName}[${name}=${JSON.stringify(element.getAttribute(name))}]`;
  return {selector, nth: [...document.querySelectorAll(selector)].indexOf(element)};
}

/** Whether it could be focused: it may not be drawn yet. @param {Place} place */
export function focusPlace({selector, nth}) {
  const element = /** @type {HTMLElement | undefined} */ (document.querySelectorAll(selector)[nth]);
  element?.focus();
  return element !== undefined && element === document.activeElement;
}

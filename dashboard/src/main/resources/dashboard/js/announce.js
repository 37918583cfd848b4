/** Says something to screen readers, politely, through the one live region in index.html. */
let timer = 0;

/** @param {string} text */
export function announce(text) {
  const region = /** @type {Element} */ (document.getElementById('announcements'));
  clearTimeout(timer);
  region.textContent = '';
  timer = setTimeout(() => (region.textContent = text), 100); // an unchanged text would not be read again
}

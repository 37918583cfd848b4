/** Says something to screen readers, politely, through the one live region in index.html. */
let timer = 0;
/** @type {string[]} */
let waiting = [];

const region = () => /** @type {Element} */ (document.getElementById('announcements'));

/** What is said within a moment is said together. @param {string} text */
export function announce(text) {
  waiting.push(text);
  clearTimeout(timer);
  region().textContent = '';
  timer = setTimeout(() => {
    region().textContent = waiting.join(' '); // an unchanged text would not be read again
    waiting = [];
  }, 100);
}

/** Forgets what was said and what waits to be: it was about another page. */
export function hush() {
  waiting = [];
  clearTimeout(timer);
  region().textContent = '';
}

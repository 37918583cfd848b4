/** Says something to screen readers, politely, through the one live region in index.html. */
let timer = 0;

export function announce(text) {
  const region = document.getElementById('announcements');
  clearTimeout(timer);
  region.textContent = '';
  timer = setTimeout(() => (region.textContent = text), 100); // an unchanged text would not be read again
}

/** Now by the server's clock, so that ages and days are right on a machine whose clock is not. */
let offset = 0;

export const serverNow = () => Date.now() + offset;

/** @param {string | null} date the `Date` header of an answer, which counts whole seconds */
export function noteClock(date) {
  if (!date) return;
  const difference = Date.parse(date) - Date.now();
  offset = Math.abs(difference) < 2_000 ? 0 : difference;
}

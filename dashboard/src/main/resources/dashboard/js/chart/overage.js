/** Usage beyond the balance: how much of it there is at the end of a day or hour, as far as the numbers tell. */
import * as format from '../format.js';

/** Nothing left at its end though something was used: what went beyond is overage, which the balance does not tell. @param {Pick<Bucket, 'remaining' | 'total'>} bucket */
export const isEmptied = ({remaining, total}) => remaining === 0 && total > 0;

/** Whether some usage went beyond the balance or, where that is not known, may have. @param {Pick<Bucket, 'remaining' | 'total' | 'over'>[]} buckets */
export const hasOverage = buckets => buckets.some(bucket => (bucket.over === null ? isEmptied(bucket) : bucket.over > 0));

/**
 * The overage at each bucket's end, reckoned from one whose balance is above 0, or from now: grants add to the balance, usage,
 * expiries and voids take from it.
 * @param {Pick<Bucket, 'remaining' | 'total' | 'grants'>[]} buckets
 * @param {number | null} now the balance less overage at the end of the last one that has begun; null if it is not known
 * @returns {(number | null)[] | null} null if the balances contradict that; of a bucket that has not begun null
 */
export function overages(buckets, now) {
  const begun = buckets.filter(({remaining}) => remaining !== null);
  const left = begun.findIndex(({remaining}) => remaining !== null && remaining > 0);
  const known = left >= 0 ? left : begun.length - 1;
  const net = left >= 0 ? begun[left].remaining : now;
  if (net === null || known < 0) return null;
  const changes = begun.map(({total, grants}) => grants.reduce((sum, {kind, credits}) => sum + (kind === 'granted' ? credits : -credits), -total));
  const nets = begun.map(() => net);
  for (let index = known + 1; index < nets.length; index++) nets[index] = nets[index - 1] + changes[index];
  for (let index = known - 1; index >= 0; index--) nets[index] = nets[index + 1] - changes[index + 1];
  if (nets.some((value, index) => Math.max(0, value) !== begun[index].remaining)) return null;
  return buckets.map((_, index) => (index < nets.length ? Math.max(0, -nets[index]) : null));
}

/** `1,200`, `3 over`, `0 left` where there may be overage; empty where it is not known. @param {Pick<Bucket, 'remaining' | 'total' | 'over'>} bucket */
export function balanceText({remaining, total, over}) {
  if (remaining === null) return '';
  if (over) return `${format.number(over)} over`;
  return format.number(remaining) + (over === null && isEmptied({remaining, total}) ? ' left' : '');
}

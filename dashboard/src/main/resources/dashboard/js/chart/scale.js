/** Scales of the charts: whole-number ticks at round steps, bands of equal width. */

const FACTORS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/**
 * At most `count` steps from 0 that reach `most` and hardly go beyond it, each a round number times a power of ten; whole
 * numbers only. Of several that fit as well the largest.
 * @param {number} most
 */
export function ticksUpTo(most, count = 5) {
  if (most <= 0) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(most / count));
  const steps = [...FACTORS, ...FACTORS.map(factor => factor * 10)]
    .map(factor => Math.max(1, factor * power))
    .filter(step => Number.isInteger(step) && step * count >= most)
    .filter(step => step === 1 || Math.ceil(most / step) >= Math.min(3, count));
  /** @param {number} step */
  const reach = step => Math.ceil(most / step) * step;
  const step = steps.reduce((best, next) => (reach(next) <= reach(best) ? next : best));
  return Array.from({length: Math.ceil(most / step) + 1}, (_, index) => index * step);
}

/** Maps 0..most onto from..to. @type {(most: number, from: number, to: number) => Scale} */
export const linear = (most, from, to) => value => from + (to - from) * (most === 0 ? 0 : value / most);

/** Every n-th of the buckets gets a label, so that labels of this width do not touch. @param {number} bandWidth @param {number} labelWidth */
export const labelEvery = (bandWidth, labelWidth) => Math.max(1, Math.ceil(labelWidth / bandWidth));

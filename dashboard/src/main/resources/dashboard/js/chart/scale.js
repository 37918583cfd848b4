/** Scales of the charts: whole-number ticks at round steps, bands of equal width. */

/** About `count` ticks from 0 that reach `most`, at steps of 1, 2, 2.5 or 5 times a power of ten; whole numbers only. */
export function ticksUpTo(most, count = 5) {
  if (most <= 0) return [0, 1];
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(
    1,
    [1, 2, 2.5, 5, 10]
      .map(factor => factor * power)
      .find(candidate => candidate >= rough && ((candidate >= 1 && Number.isInteger(candidate)) || candidate < 1)),
  );
  const ticks = [0];
  while (ticks.at(-1) < most) ticks.push(ticks.length * step);
  return ticks;
}

/** Maps 0..most onto from..to. */
export const linear = (most, from, to) => value => from + (to - from) * (most === 0 ? 0 : value / most);

/** Every n-th of the buckets gets a label, so that labels of this width do not touch. */
export const labelEvery = (bandWidth, labelWidth) => Math.max(1, Math.ceil(labelWidth / bandWidth));

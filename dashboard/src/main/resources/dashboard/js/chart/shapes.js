/** Path data of the chart's marks: one path per series, so that 400 days of 9 series are 9 elements. */
/** @param {number} value */
const at = value => Math.round(value * 10) / 10;

/** Stacked bars of one series; the topmost is rounded. @param {Segment[]} segments @param {number} width @param {number} radius */
export function bars(segments, width, radius) {
  let path = '';
  for (const {x, y0, y1, top} of segments) {
    const height = y0 - y1;
    if (height <= 0) continue;
    const r = top ? Math.min(radius, height, width / 2) : 0;
    path +=
      r > 0.5
        ? `M${at(x)},${at(y0)}V${at(y1 + r)}q0,${at(-r)} ${at(r)},${at(-r)}h${at(width - 2 * r)}q${at(r)},0 ${at(r)},${at(r)}V${at(y0)}z`
        : `M${at(x)},${at(y0)}V${at(y1)}h${at(width)}V${at(y0)}z`;
  }
  return path;
}

/**
 * A level line: flat over each bucket, stepping between them.
 * @param {(number | null)[]} values @param {number} bandWidth @param {number} left @param {Scale} y
 */
export function steps(values, bandWidth, left, y) {
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const x = left + index * bandWidth;
    path += `${path === '' || values[index - 1] === null ? 'M' : 'L'}${at(x)},${at(y(value))}H${at(x + bandWidth)}`;
  });
  return path;
}

/**
 * The same line, filled down to the base.
 * @param {(number | null)[]} values @param {number} bandWidth @param {number} left @param {Scale} y @param {number} base
 */
export function area(values, bandWidth, left, y, base) {
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    path += `M${at(left + index * bandWidth)},${at(base)}V${at(y(value))}h${at(bandWidth)}V${at(base)}z`;
  });
  return path;
}

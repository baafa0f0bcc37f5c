/** A number in few characters, for axes and read-outs. */
export function short(value) {
  if (value === null || value === undefined) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    return value.toExponential(2).replace("-", "−").replace("e+", "e");
  }
  if (size >= 1e5) return `${Number((value / 1e6).toPrecision(4))}M`;
  const text = Number.isInteger(value)
    ? String(value)
    : String(Number(value.toPrecision(4)));
  return text.replace("-", "−");
}

/** A step: 12000 is 12k. */
export function shortStep(step) {
  if (step >= 1e6) return `${Number((step / 1e6).toPrecision(3))}M`;
  return step >= 1e4 ? `${Number((step / 1e3).toPrecision(4))}k` : String(step);
}

/** The range of a log axis: a little room, and at most nine decades. */
export function logRange(low, high) {
  if (!(high > 0)) return [0.1, 1];
  return [Math.max(low, high * 1e-9) / 1.15, high * 1.15];
}

/** Ticks of a log axis: 1, 2 and 5 times a power of ten, or powers alone. */
export function logTicks(min, max) {
  const decades = Math.log10(max / min);
  const multiples = decades < 0.5
    ? [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]
    : decades < 3
    ? [1, 2, 5]
    : [1];
  const ticks = [];
  for (let k = Math.floor(Math.log10(min)); k <= Math.log10(max); k++) {
    for (const multiple of multiples) {
      const tick = Number(`${multiple}e${k}`);
      if (tick >= min && tick <= max) ticks.push(tick);
    }
  }
  return ticks.length > 1 ? ticks : [min, Math.sqrt(min * max), max];
}

/** Round places within a range, three to seven. */
export function ticksBetween(min, max) {
  const least = (max - min) / 6;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= least);
  const first = Math.ceil(min / step), last = Math.floor(max / step);
  return Array.from(
    { length: last - first + 1 },
    (_, i) => Number(((first + i) * step).toPrecision(12)),
  );
}

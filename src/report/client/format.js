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

/**
 * Several curves as one: their mean, the lowest and the highest of them, at the
 * steps of the longest. Between its points a curve is a line; where it has a gap,
 * or has ended, the others count alone.
 */
export function bandOf(curves) {
  const { steps } = curves.reduce((a, b) =>
    b.steps.length > a.steps.length ? b : a
  );
  const all = curves.map((curve) => valuesAt(curve, steps));
  const band = { steps, mean: [], low: [], high: [] };
  for (let i = 0; i < steps.length; i++) {
    const values = all.map((one) => one[i]).filter((value) => value !== null);
    const isGap = values.length === 0;
    band.mean.push(
      isGap ? null : values.reduce((sum, v) => sum + v, 0) / values.length,
    );
    band.low.push(isGap ? null : Math.min(...values));
    band.high.push(isGap ? null : Math.max(...values));
  }
  return band;
}

/** The values of a curve at other steps, null outside and in gaps. */
export function valuesAt(curve, steps) {
  if (curve.steps === steps) return curve.values;
  let i = 0;
  return steps.map((step) => {
    while (i < curve.steps.length && curve.steps[i] < step) i++;
    if (curve.steps[i] === step) return curve.values[i];
    const before = curve.values[i - 1] ?? null;
    const after = curve.values[i] ?? null;
    if (before === null || after === null) return null;
    const from = curve.steps[i - 1];
    return before + (after - before) * (step - from) / (curve.steps[i] - from);
  });
}

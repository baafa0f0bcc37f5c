/**
 * Exponential moving average of a curve, started without bias: weight 0 leaves
 * it, 0.99 averages over about 100 mean distances between points. The weight
 * follows the distance in steps, so that uneven curves are smoothed evenly.
 * Gaps stay gaps.
 */
export function smooth({ steps, values }, weight) {
  if (weight === 0 || steps.length < 2) return { steps, values };
  const mean = (steps.at(-1) - steps[0]) / (steps.length - 1) || 1;
  let sum = 0, mass = 0, before = steps[0];
  const smoothed = values.map((value, i) => {
    if (value === null) return null;
    const keep = mass === 0 ? 0 : weight ** ((steps[i] - before) / mean);
    before = steps[i];
    sum = sum * keep + value * (1 - weight);
    mass = mass * keep + (1 - weight);
    return sum / mass;
  });
  return { steps, values: smoothed };
}

/** Curves of more points are smoothed; others show each of theirs. */
export const leastSmoothed = 40;

/** What a weight does, in words. */
export function smoothingWords(weight) {
  if (weight === 0) return "none, as measured";
  const points = 1 / (1 - Math.min(0.99, weight));
  return `mean over ${points.toFixed(points < 10 ? 1 : 0)} points`;
}

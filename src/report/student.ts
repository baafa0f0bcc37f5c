/**
 * Between minus this and plus this lie 95 % of Student's t distribution with
 * some degrees of freedom, a whole number from 1: 12.7 for 1, 1.96 for very many.
 *
 * @throws {RangeError} If `freedom` is no such number.
 */
export function student95(freedom: number): number {
  checkFreedom(freedom);
  let low = 0, high = 13;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (centralShare(middle, freedom) < 0.95) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * How often a number of Student's t distribution is as far from 0 as `t`: the
 * two-sided p of a t test.
 *
 * @throws {RangeError} If `freedom` is no whole number from 1.
 */
export function studentTails(t: number, freedom: number): number {
  checkFreedom(freedom);
  if (!Number.isFinite(t)) return 0;
  return Math.max(0, 1 - centralShare(Math.abs(t), freedom));
}

function checkFreedom(freedom: number): void {
  if (Number.isSafeInteger(freedom) && freedom >= 1) return;
  throw new RangeError(`Cannot have ${freedom} degrees of freedom`);
}

/** The share of the distribution within ±t: Abramowitz and Stegun 26.7.3 and 26.7.4. */
function centralShare(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cosine = Math.cos(angle);
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1, sum = freedom === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k < freedom; k += 2) {
    term *= (k - 1) / k * cosine ** 2;
    sum += term;
  }
  const series = Math.sin(angle) * sum;
  return isOdd ? 2 / Math.PI * (angle + series) : series;
}

/**
 * Between minus this and plus this lie 95 % of Student's t distribution with
 * some degrees of freedom, a whole number from 1: 12.7 for 1, 1.96 for very many.
 *
 * @throws {RangeError} If `freedom` is no such number.
 */
export function student95(freedom: number): number {
  if (!Number.isSafeInteger(freedom) || freedom < 1) {
    throw new RangeError(`Cannot have ${freedom} degrees of freedom`);
  }
  let low = 0, high = 13;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (centralShare(middle, freedom) < 0.95) low = middle;
    else high = middle;
  }
  return high;
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

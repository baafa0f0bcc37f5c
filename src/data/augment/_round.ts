/** The nearest whole number, of two the even one, as Python rounds. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value), rest = value - below;
  if (rest === 0.5) return below + below % 2;
  return Math.round(value);
}

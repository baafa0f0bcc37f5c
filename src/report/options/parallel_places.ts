/** How high parallel axes are, and what is free around them. */
export const parallel = {
  height: 200,
  margin: { x: 60, top: 34, bottom: 14 },
};

/** How high above the foot of an axis a place from 0 to 1 stands, from the top of the drawing. */
export function heightOf(place: number): number {
  const { height, margin } = parallel;
  return height - margin.bottom -
    place * (height - margin.top - margin.bottom);
}

/** Where a value lies between two ends, from 0 to 1; in the middle if they are one. */
export function placeBetween(
  value: number,
  [low, high]: readonly [number, number],
): number {
  return high === low ? 0.5 : (value - low) / (high - low);
}

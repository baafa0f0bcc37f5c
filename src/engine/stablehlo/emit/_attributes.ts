/** A list of whole numbers as an attribute. */
export function wholes(values: readonly number[]): string {
  return values.length === 0
    ? "array<i64>"
    : `array<i64: ${values.join(", ")}>`;
}

/** A whole number as an attribute. */
export function whole(value: number): string {
  return `${value} : i64`;
}

/** Pairs of whole numbers as an attribute. */
export function pairs(
  values: readonly (readonly [number, number])[],
): string {
  const rows = values.map(([low, high]) => `[${low}, ${high}]`).join(", ");
  return `dense<[${rows}]> : tensor<${values.length}x2xi64>`;
}

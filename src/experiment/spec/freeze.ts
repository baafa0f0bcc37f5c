/** A plain value of which nothing can be changed, however deep. */
export type Frozen<T> = T extends object
  ? { readonly [Key in keyof T]: Frozen<T[Key]> }
  : T;

/** Freezes a plain value and everything in it; returns the value. */
export function deepFreeze<T>(value: T): Frozen<T> {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value as Frozen<T>;
}

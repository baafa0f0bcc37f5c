let present: readonly string[] = [];

/**
 * Runs something as a part of an experiment, such as `layer "encoder0/conv0"`,
 * so that what cannot be compiled in it can say whose it is.
 */
export function inPart<T>(name: string, body: () => T): T {
  return withinParts([...present, name], body);
}

/** The parts that are running, from the outside in. */
export function partsNow(): readonly string[] {
  return present;
}

/** Runs something as parts that {@linkcode partsNow} told before. */
export function withinParts<T>(parts: readonly string[], body: () => T): T {
  const outer = present;
  present = parts;
  try {
    return body();
  } finally {
    present = outer;
  }
}

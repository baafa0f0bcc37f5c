let present: string | null = null;

/**
 * Runs something as a part of an experiment, such as `layer "encoder0/conv0"`,
 * so that what cannot be compiled in it can say whose it is; null for no part.
 */
export function inPart<T>(name: string | null, body: () => T): T {
  const outer = present;
  present = name;
  try {
    return body();
  } finally {
    present = outer;
  }
}

/** The innermost part that is running, if any. */
export function partNow(): string | null {
  return present;
}

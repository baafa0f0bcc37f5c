let present = 1;

/** Runs something whose batch is divided over devices, as many as stated. */
export function inBatchParts<T>(count: number, body: () => T): T {
  const outer = present;
  present = count;
  try {
    return body();
  } finally {
    present = outer;
  }
}

/**
 * Over how many devices the batch is divided of what is being recorded; 1 where
 * nothing divides it. Operations are written for the whole batch, and what
 * compiles them sees to the rest: it is for those that are meant to differ.
 */
export function batchParts(): number {
  return present;
}

/** Hears how many bytes are there. */
export type Progress = (bytes: number) => void;

/** A size for people, such as "274 MB". */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/**
 * Turns counts of bytes into lines: one for each tenth of the whole, and one
 * at least every ten seconds.
 */
export function progressLines(
  what: string,
  { totalBytes, notify }: {
    readonly totalBytes: number;
    readonly notify: (line: string) => void;
  },
): Progress {
  let tenths = 0, toldAt = performance.now();
  return (bytes) => {
    const now = performance.now(), done = Math.floor(10 * bytes / totalBytes);
    if (done <= tenths && now - toldAt < 10_000) return;
    [tenths, toldAt] = [done, now];
    const percent = Math.floor(100 * bytes / totalBytes);
    notify(
      `${what}: ${megabytes(bytes)} of ${megabytes(totalBytes)} (${percent} %)`,
    );
  };
}

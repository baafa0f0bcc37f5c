/** A file that cannot be had. */
export class DownloadError extends Error {
  /** Its kind, as traces show it. */
  override readonly name = "DownloadError";
  /** What the server answered, if it did. */
  readonly status: number | null;

  /** A reason that follows "Cannot download …: ". */
  constructor(
    reason: string,
    { status = null, cause }: { status?: number | null; cause?: unknown } = {},
  ) {
    super(reason, { cause });
    this.status = status;
  }
}

/** It failed on the way; the next attempt may do. */
export class PassingError extends DownloadError {
  /** How long the server asks to be left alone. */
  readonly waitMs: number;

  /** A reason as above. */
  constructor(
    reason: string,
    { waitMs = 0, ...details }: {
      waitMs?: number;
      status?: number | null;
      cause?: unknown;
    } = {},
  ) {
    super(reason, details);
    this.waitMs = waitMs;
  }
}

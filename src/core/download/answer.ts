import { DownloadError, PassingError } from "./error.ts";

/** What a server's answer to a request for the rest of a file comes to. */
export type Answer =
  /** All of it has come before. */
  | { readonly kind: "complete" }
  /** What has come does not fit what the server has. */
  | { readonly kind: "unfit" }
  | {
    readonly kind: "body";
    /** Where the bytes that come begin. */
    readonly start: number;
    /** The size of the file; NaN where the server does not say. */
    readonly totalBytes: number;
  };

/** A server that is busy is not asked to wait for longer than this. */
const MOST_WAIT_MS = 120_000;

/**
 * Judges an answer, after `have` bytes have come before.
 *
 * @throws {DownloadError} If the server refuses; a `PassingError` if it may not
 * next time.
 */
export function judge({ status, headers }: Response, have: number): Answer {
  const range = headers.get("content-range") ?? "";
  const whole = Number(/\/(\d+)$/.exec(range)?.[1] ?? NaN);
  if (status === 200) {
    const isPlain = /^(identity)?$/.test(headers.get("content-encoding") ?? "");
    const length = isPlain ? headers.get("content-length") : null;
    return { kind: "body", start: 0, totalBytes: Number(length ?? NaN) };
  }
  if (status === 206) {
    return range.startsWith(`bytes ${have}-`)
      ? { kind: "body", start: have, totalBytes: whole }
      : { kind: "unfit" };
  }
  if (status === 416) return { kind: whole === have ? "complete" : "unfit" };
  const reason = `the server answers ${status}`;
  if (status < 500 && status !== 429 && status !== 408) {
    throw new DownloadError(reason, { status });
  }
  const seconds = Number(headers.get("retry-after") ?? 0) || 0;
  const waitMs = Math.min(1000 * Math.max(0, seconds), MOST_WAIT_MS);
  throw new PassingError(reason, { status, waitMs });
}

/** The codes of the interface, which are those of Abseil, by their number. */
export const errorCodes = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

/** What kind of failure a plugin reports. */
export type ErrorCode = (typeof errorCodes)[number];

/** A failure that a plugin reports, in its own words. */
export class PjrtError extends Error {
  /** Its kind, as traces show it. */
  override readonly name = "PjrtError";
  /** What kind of failure it is. */
  readonly code: ErrorCode;
  /** The function that failed, such as `Client_Compile`. */
  readonly call: string;

  /** Creates the error from what the plugin says. */
  constructor(message: string, code: ErrorCode, { call }: { call: string }) {
    super(message);
    this.code = code;
    this.call = call;
  }

  /** Whether the device's memory did not suffice. */
  get isOutOfMemory(): boolean {
    return this.code === "RESOURCE_EXHAUSTED";
  }
}

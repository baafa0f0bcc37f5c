/** What is wrong with records. */
export interface RecordsFault {
  /** Where, such as `run a, artifact "checkpoint/last"`. */
  readonly where: string;
  /** What. */
  readonly what: string;
}

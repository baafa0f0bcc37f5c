/** A file of the Python package index, and what of it the engine needs. */
export interface Wheel {
  /** The project it belongs to. */
  readonly project: string;
  /** Its version. */
  readonly version: string;
  /** The file's name. */
  readonly file: string;
  /** The platform tag pip finds it by. */
  readonly platform: string;
  /** The file's size. */
  readonly bytes: number;
  /** The file's SHA-256. */
  readonly sha256: string;
  /** Where a file inside it belongs in the build's folder; null to leave it out. */
  placeOf(path: string): string | null;
}

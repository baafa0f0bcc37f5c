/** What tells one state of a file from another without reading it. */
export interface Stamp {
  /** Its size. */
  readonly bytes: number;
  /** When its content last changed, in milliseconds since 1970. */
  readonly modifiedMs: number;
  /** When its entry on the disk last changed. */
  readonly changedMs: number;
  /** Its number on the disk. */
  readonly inode: number;
}

/** The stamp of what is known of a file. */
export function stampOf({ size, mtime, ctime, ino }: Deno.FileInfo): Stamp {
  return {
    bytes: size,
    modifiedMs: mtime?.getTime() ?? 0,
    changedMs: ctime?.getTime() ?? 0,
    inode: ino ?? 0,
  };
}

/** Whether two stamps are of the same state. */
export function isSameStamp(a: Stamp, b: Stamp): boolean {
  return a.bytes === b.bytes && a.modifiedMs === b.modifiedMs &&
    a.changedMs === b.changedMs && a.inode === b.inode;
}

/** Writes bytes where a file stands, all of them: a single write may take fewer. */
export function writeAll(
  file: Pick<Deno.FsFile, "writeSync">,
  bytes: Uint8Array,
): void {
  for (let done = 0; done !== bytes.length;) {
    done += file.writeSync(bytes.subarray(done));
  }
}

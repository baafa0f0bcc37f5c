import { createHash } from "node:crypto";

/** SHA-256 in hexadecimal of a file of any size. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  const chunk = new Uint8Array(1 << 22);
  for (let n; (n = await file.read(chunk)) !== null;) {
    hash.update(chunk.subarray(0, n));
  }
  return hash.digest("hex");
}

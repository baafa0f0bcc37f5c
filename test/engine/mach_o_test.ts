import { deepStrictEqual, throws } from "node:assert";
import { join } from "node:path";
import { machOExports } from "./mach_o.ts";

/**
 * A library with the two names `_TF` and `_TFE`, by hand after Apple's
 * `mach-o/loader.h`: a header, another command, one with the trie, the trie.
 */
function library(command: number): Uint8Array {
  const trie = [
    ...[0, 1, ...letters("_TF"), 7], // the root: one child, at 7
    ...[2, 0, 9, 1, ...letters("E"), 14], // "_TF" ends here; one child, at 14
    ...[2, 0, 9, 0], // "_TFE" ends here
  ];
  const isInfo = command !== 0x80000033;
  const bytes = isInfo ? 48 : 16, trieAt = 32 + 16 + bytes;
  const file = new Uint8Array(trieAt + trie.length);
  const view = new DataView(file.buffer);
  const put = (at: number, ...values: number[]) =>
    values.forEach((value, i) => view.setUint32(at + 4 * i, value, true));
  put(0, 0xfeedfacf, 0, 0, 6, 2, 16 + bytes);
  put(32, 0x1b, 16); // its UUID
  put(48, command, bytes);
  put(isInfo ? 48 + 40 : 48 + 8, trieAt, trie.length);
  file.set(trie, trieAt);
  return file;
}

function letters(text: string): number[] {
  return [...new TextEncoder().encode(text), 0];
}

Deno.test("machOExports() lists names of both kinds of libraries", () => {
  const folder = Deno.makeTempDirSync(), path = join(folder, "lib.dylib");
  for (const command of [0x22, 0x80000022, 0x80000033]) {
    Deno.writeFileSync(path, library(command));
    deepStrictEqual(machOExports(path), ["TF", "TFE"]);
  }
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("machOExports() refuses other files", () => {
  const path = Deno.makeTempFileSync();
  Deno.writeFileSync(path, new Uint8Array(64));
  throws(() => machOExports(path), /is not a library of 64-bit macOS/);
  Deno.writeFileSync(path, library(0x1c));
  throws(() => machOExports(path), /does not say what it exports/);
  Deno.removeSync(path);
});

import { doesNotThrow, throws } from "node:assert";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { NEEDED_BYTES } from "./_functions.ts";
import { checkHead, readHead } from "./_version.ts";

/** The first 40 bytes of a `PJRT_Api`, as a plugin would lay them out. */
function head(bytes: number, major: number, minor: number): DataView {
  const view = new DataView(new ArrayBuffer(40));
  view.setBigUint64(0, BigInt(bytes), true);
  view.setBigUint64(16, 24n, true); // the struct of the version
  view.setInt32(32, major, true);
  view.setInt32(36, minor, true);
  return view;
}

/** Checks a head, and gives what is said about it. */
function complaint(bytes: number, major: number, minor: number): string {
  let text = "";
  throws(
    () => checkHead(readHead(head(bytes, major, minor)), "plugin.so"),
    (error) => {
      if (!(error instanceof ExperimentError)) return false;
      text = error.toString();
      return true;
    },
  );
  return text;
}

Deno.test("readHead() finds the size and the version", () => {
  const { bytes, version } = readHead(head(1128, 0, 106));
  assertEquals(bytes, 1128);
  assertEquals(version.major, 0);
  assertEquals(version.minor, 106);
});

Deno.test("checkHead() accepts the oldest interface and later ones", () => {
  doesNotThrow(() => checkHead(readHead(head(NEEDED_BYTES, 0, 54)), ""));
  doesNotThrow(() => checkHead(readHead(head(2000, 0, 106)), ""));
});

Deno.test("checkHead() says both versions of a plugin that is too old", () => {
  const text = complaint(1128, 0, 53);
  for (const word of ["Cannot use", "too old", "0.53", "0.54", "plugin.so"]) {
    assertEquals(text.includes(word), true, word);
  }
});

Deno.test("checkHead() refuses a plugin without the last function we call", () => {
  const text = complaint(NEEDED_BYTES - 8, 0, 60);
  assertEquals(text.includes(`${NEEDED_BYTES - 8} bytes`), true, text);
});

Deno.test("checkHead() refuses another major version", () => {
  const text = complaint(1128, 1, 0);
  assertEquals(text.includes("its interface is 1.0, not 0.x"), true, text);
});

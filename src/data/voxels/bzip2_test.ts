import { deepStrictEqual, throws } from "node:assert/strict";
import { unpackBzip2 } from "./bzip2.ts";

/** What Python's bz2 makes of "cleft", and of a million zeros. */
const cleft = Uint8Array.fromBase64(
  "QlpoOTFBWSZTWeS1zeIAAAABgAsEBAAgADDNAMGgbHF3JFOFCQ5LXN4g",
);
const zeros = Uint8Array.fromBase64(
  "QlpoOTFBWSZTWXnTnkgAB6jAQMAAAAIACCAAMMwJqmmVJDapSQ8XckU4UJB5055I",
);

Deno.test("unpackBzip2() unpacks what Python packs", () => {
  deepStrictEqual(unpackBzip2(cleft, 5), new TextEncoder().encode("cleft"));
  deepStrictEqual(unpackBzip2(zeros, 2e6), new Uint8Array(1e6));
});

Deno.test("unpackBzip2() refuses what is damaged, cut short or too long", () => {
  for (let at = 0; at < cleft.length; at++) {
    throws(() => unpackBzip2(cleft.subarray(0, at), 5), /cut short/);
    const other = cleft.slice();
    other[at]! ^= 0xff;
    throws(() => unpackBzip2(other, 5), /^Error: it is /, `${at}`);
  }
  throws(() => unpackBzip2(cleft, 4), /it is longer/);
  throws(() => unpackBzip2(zeros, 1e5), /it is longer/);
});

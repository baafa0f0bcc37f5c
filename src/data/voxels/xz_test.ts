import { deepStrictEqual, rejects } from "node:assert/strict";
import { unpackXz } from "./xz.ts";

/** What Python's lzma makes of "cleft", and of a million zeros. */
const cleft = Uint8Array.fromBase64(
  "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAEY2xlZnQAAAAA4KhGzbAHHfoAAR0FuC2Arx+2830BAAAAAARZWg==",
);
const zeros = Uint8Array.fromBase64(
  "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj70I/ANFdAABv/f//o7f/Rz5IFXI5YVG4kijmo4YH+e7kHoLTL8U6PAFLsX7JiopNL6MN2X+m44wjEVPgWRjFdYrid/i2lH8MasDedElk4ulcU7IE2PdEDKtfDW1G6eXDdoi3llestk3haR1v+0uIEGxCy4g/XACP0E6vJiiUcR89jyThcJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaYTZj92K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPmTwz82AAAAADKzVZfu0uHjAAHtAcCEPQDV4HauscRn+wIAAAAABFla",
);
/** With SHA-256 in place of CRC-64. */
const other = Uint8Array.fromBase64(
  "/Td6WFoAAArh+wyhAgAhARYAAAB0L+WjAQAEY2xlZnQAAAAAgq1SRuqBvpupVE6NPMPj4tCnE9v2XcOTako8J+EsmyMAATUFEoPd8hibS5oBAAAAAApZWg==",
);

Deno.test("unpackXz() unpacks what Python packs, several at once too", async () => {
  const all = [zeros, cleft, zeros].map((packed) => unpackXz(packed, 2e6));
  const text = new Uint8Array(new TextEncoder().encode("cleft"));
  deepStrictEqual(
    (await Promise.all(all)).map((bytes) => new Uint8Array(bytes)),
    [new Uint8Array(1e6), text, new Uint8Array(1e6)],
  );
});

Deno.test("unpackXz() refuses what is damaged, cut short or too long, and goes on", async () => {
  for (let at = 0; at < cleft.length; at++) {
    await rejects(unpackXz(cleft.subarray(0, at), 5), /cut short/);
    const damaged = cleft.slice();
    damaged[at]! ^= 0xff;
    await rejects(unpackXz(damaged, 5), /^Error: it /, `${at}`);
  }
  await rejects(unpackXz(cleft, 4), /it is longer/);
  await rejects(unpackXz(zeros, 1e5), /it is longer/);
  await rejects(unpackXz(other, 5), /packed by options that are not undone/);
  deepStrictEqual((await unpackXz(cleft, 5)).length, 5);
});

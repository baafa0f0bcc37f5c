import { deepStrictEqual } from "node:assert/strict";
import { crc32c, maskedCrc32c } from "./_crc32c.ts";

// RFC 3720, appendix B.4, and the check value of "123456789".
Deno.test("crc32c() gives the values of RFC 3720", () => {
  const rising = Uint8Array.from({ length: 32 }, (_, i) => i);
  deepStrictEqual(crc32c(new Uint8Array(32)), 0x8a9136aa);
  deepStrictEqual(crc32c(new Uint8Array(32).fill(0xff)), 0x62a8ab43);
  deepStrictEqual(crc32c(rising), 0x46dd794e);
  deepStrictEqual(crc32c(rising.toReversed()), 0x113fdb5c);
  deepStrictEqual(crc32c(new TextEncoder().encode("123456789")), 0xe3069283);
});

// ((0xe3069283 >> 15 | 0xe3069283 << 17) + 0xa282ead8) mod 2^32
Deno.test("maskedCrc32c() turns the checksum, and adds a constant", () => {
  const digits = new TextEncoder().encode("123456789");
  deepStrictEqual(maskedCrc32c(digits), 0xc78ab0e5);
});

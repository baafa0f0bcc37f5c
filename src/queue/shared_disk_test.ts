import { deepStrictEqual } from "node:assert/strict";
import { isShared } from "./shared_disk.ts";

Deno.test("isShared() knows the disks of clusters from those of one machine", () => {
  const nfs = 0x6969, lustre = 0x0bd00bd0, cifs = 0xff534d42 | 0;
  const ext4 = 0xef53, xfs = 0x58465342, tmpfs = 0x01021994;
  deepStrictEqual([nfs, lustre, cifs].map(isShared), [true, true, true]);
  deepStrictEqual([ext4, xfs, tmpfs].map(isShared), [false, false, false]);
});

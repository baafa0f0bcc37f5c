import { assertEquals } from "@test/helpers.ts";
import { isSameStamp, stampOf } from "./stamp.ts";

Deno.test("isSameStamp() tells states of a file apart by each of its parts", () => {
  const path = Deno.makeTempFileSync();
  try {
    const stamp = stampOf(Deno.statSync(path));
    assertEquals(isSameStamp(stamp, stampOf(Deno.statSync(path))), true);
    for (const key of Object.keys(stamp) as (keyof typeof stamp)[]) {
      const other = { ...stamp, [key]: stamp[key] + 1 };
      assertEquals(isSameStamp(stamp, other), false, key);
    }
  } finally {
    Deno.removeSync(path);
  }
});

Deno.test("stampOf() does with what a system does not tell", () => {
  const path = Deno.makeTempFileSync();
  try {
    const info = Deno.statSync(path);
    const poor = { ...info, mtime: null, ctime: null, ino: null };
    const { modifiedMs, changedMs, inode } = stampOf(poor);
    assertEquals(`${[modifiedMs, changedMs, inode]}`, "0,0,0");
  } finally {
    Deno.removeSync(path);
  }
});

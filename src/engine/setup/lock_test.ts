import { rejects } from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { lockFile } from "./lock.ts";

Deno.test("lockFile() lets one in at a time", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "deep", "a.lock");
  let waits = 0;
  const first = await lockFile(path, { onWait: () => waits++ });
  let isIn = false;
  const second = lockFile(path, { onWait: () => waits++ })
    .then((lock) => {
      isIn = true;
      return lock;
    });
  await new Promise((done) => setTimeout(done, 50));
  assertEquals(isIn, false);
  assertEquals(waits, 1);
  first[Symbol.dispose]();
  (await second)[Symbol.dispose]();
  assertEquals(isIn, true);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("lockFile() stops waiting when told to", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "a.lock"), stop = new AbortController();
  const first = await lockFile(path, { onWait: () => {} });
  const second = lockFile(path, {
    onWait: () => stop.abort(new Error("enough")),
    signal: stop.signal,
  });
  await rejects(second, /enough/);
  first[Symbol.dispose]();
  await Deno.remove(folder, { recursive: true });
});

import { ok } from "node:assert/strict";
import { disk } from "./disk.ts";

/** What Linux says that this process has written so far. */
function now() {
  const io = Deno.readTextFileSync("/proc/self/io");
  const bytes = Number(/^write_bytes: (\d+)$/m.exec(io)![1]);
  return { atS: performance.now() / 1e3, writtenMiB: bytes / 2 ** 20 };
}

Deno.test({
  name: "disk tells in MiB a second what the run writes",
  ignore: Deno.build.os !== "linux",
  fn() {
    const path = Deno.makeTempFileSync();
    try {
      const before = now();
      using open = disk.open({ cards: 0, folder: "." })!;
      const begun = now();
      Deno.writeFileSync(path, new Uint8Array(8 * 2 ** 20).fill(1));
      const ended = now();
      const told = open.read()["system.diskWriteMiBPerS"]!;
      const after = now();
      const least = (ended.writtenMiB - begun.writtenMiB) /
        (after.atS - before.atS);
      const most = (after.writtenMiB - before.writtenMiB) /
        (ended.atS - begun.atS);
      ok(told >= 0.99 * least && told <= 1.01 * most, `${told} MiB/s`);
    } finally {
      Deno.removeSync(path);
    }
  },
});

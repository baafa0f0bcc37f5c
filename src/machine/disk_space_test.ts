import { ok } from "node:assert/strict";
import { diskSpace } from "./disk_space.ts";

Deno.test({
  name: "diskSpace tells in GiB what df says is free",
  ignore: Deno.build.os === "windows",
  fn() {
    const folder = import.meta.dirname!;
    using open = diskSpace.open({ cards: 0, folder })!;
    const told = open.read()["system.diskFreeGiB"]!;
    const { stdout } = new Deno.Command("df", { args: ["-Pk", folder] })
      .outputSync();
    const [, , , freeKiB] = new TextDecoder().decode(stdout).trim()
      .split("\n").at(-1)!.split(/\s+/);
    const freeGiB = Number(freeKiB) / 2 ** 20;
    ok(Math.abs(told - freeGiB) < 0.1 * freeGiB, `${told}, not ${freeGiB} GiB`);
  },
});

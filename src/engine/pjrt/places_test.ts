import { deepStrictEqual } from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { buildFolder } from "../setup/place.ts";
import { writeInventory } from "../setup/ready.ts";
import type { Build } from "../setup/build.ts";
import { pjrtCpu, pjrtCuda12, pjrtCuda13 } from "./builds.ts";
import { findPlugin, namePlugin, unnamePlugin } from "./places.ts";

/** Runs a test with an empty cache, and without a plugin in the environment. */
async function inEmptyCache(body: () => void): Promise<void> {
  const names = ["CLEFT_CACHE", "CLEFT_PJRT_PLUGIN"];
  const before = names.map((name) => Deno.env.get(name));
  const cache = await Deno.makeTempDir();
  Deno.env.set("CLEFT_CACHE", cache);
  Deno.env.delete("CLEFT_PJRT_PLUGIN");
  try {
    body();
  } finally {
    names.forEach((name, i) => {
      if (before[i] === undefined) Deno.env.delete(name);
      else Deno.env.set(name, before[i]);
    });
    await Deno.remove(cache, { recursive: true });
  }
}

/** Pretends that a build was set up. */
function pretend(build: Build): string {
  const folder = buildFolder(build), { bill } = build.support();
  Deno.mkdirSync(folder, { recursive: true });
  const wheels = bill!.wheels.map(({ file, sha256 }) => [file, sha256]);
  writeInventory(folder, { wheels: Object.fromEntries(wheels), files: [] });
  return join(folder, bill!.library);
}

const isPackaged = [pjrtCpu, pjrtCuda12, pjrtCuda13]
  .every((build) => build.support().bill);

Deno.test({
  name: "findPlugin() prefers what the user names to what setup fetched",
  ignore: !isPackaged,
  fn: () =>
    inEmptyCache(() => {
      const found = () => findPlugin({ isExplicit: false });
      assertEquals(found(), null);
      const older = pretend(pjrtCuda12);
      deepStrictEqual(found(), { path: older, from: "deno task setup --gpu" });
      const newer = pretend(pjrtCuda13);
      deepStrictEqual(found(), { path: newer, from: "deno task setup --gpu" });
      namePlugin("/opt/rocm.so");
      deepStrictEqual(found(), {
        path: "/opt/rocm.so",
        from: "deno task setup --plugin",
      });
      Deno.env.set("CLEFT_PJRT_PLUGIN", "/mine.so");
      deepStrictEqual(found(), { path: "/mine.so", from: "CLEFT_PJRT_PLUGIN" });
      Deno.env.delete("CLEFT_PJRT_PLUGIN");
      unnamePlugin();
      assertEquals(found()!.path, newer);
    }),
});

Deno.test({
  name: "findPlugin() takes the processor's only where the engine is named",
  ignore: !isPackaged,
  fn: () =>
    inEmptyCache(() => {
      const path = pretend(pjrtCpu);
      assertEquals(findPlugin({ isExplicit: false }), null);
      assertEquals(findPlugin({ isExplicit: true })!.path, path);
    }),
});

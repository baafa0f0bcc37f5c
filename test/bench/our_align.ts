/**
 * Aligns a volume of 153 × 3072 × 3072 voxels there and back, and prints seconds
 * and the process's peak memory: deno run -A test/bench/our_align.ts.
 *
 * @module
 */
import { join } from "node:path";
import type { Yx } from "@/align/mod.ts";
import { openRng, type Zyx } from "@/core/mod.ts";
import { alignFile, createHdf5, reverseFile } from "@/data/mod.ts";

const shapeVox: Zyx = [153, 3072, 3072];
const block: Zyx = [125, 1250, 1250];
const folder = Deno.makeTempDirSync({ prefix: "cleft-align-" });
try {
  const path = join(folder, "raw.hdf"), rng = openRng(1).at("align");
  {
    using file = await createHdf5(path);
    const resolutionNm: Zyx = [40, 4, 4];
    const raw = file.dataset("volumes/raw", { shapeVox, resolutionNm });
    const tile = Uint8Array.from({ length: 1 << 20 }, () => rng.integer(256));
    const section = new Uint8Array(shapeVox[1] * shapeVox[2]);
    for (let at = 0; at < section.length; at += tile.length) {
      section.set(tile, at);
    }
    for (let z = 0; z < shapeVox[0]; z++) raw(section);
    const labels = file.dataset("volumes/labels/clefts", {
      shapeVox: block,
      resolutionNm,
      offsetNm: [14 * 40, 911 * 4, 911 * 4],
    });
    const plane = BigUint64Array.from(
      { length: block[1] * block[2] },
      (_, i) => i % 97 < 3 ? BigInt(i >> 10) : 0xffffffffffffffffn,
    );
    for (let z = 0; z < block[0]; z++) labels(plane);
    file.commit();
  }
  const steps = Array.from({ length: shapeVox[0] }, (): Yx => [
    rng.uniform(-9, 9),
    rng.uniform(-9, 9),
  ]);
  const isWhole = Deno.args.includes("--whole");
  const begun = performance.now();
  const aligned = await alignFile({
    path,
    output: join(folder, "aligned.hdf"),
    shifts: { table: "steps", sha256: "", steps },
    rounding: "away",
    ...(isWhole && { region: { regionVox: {} } }),
    context: isWhole
      ? { sections: 0, pixels: 0 }
      : { sections: 14, pixels: 200 },
    cacheFolder: join(folder, "cache"),
  });
  report(`forward to ${aligned.shapeVox.join(" × ")}`, begun);
  const between = performance.now();
  await reverseFile({
    path: aligned.path,
    output: join(folder, "back.hdf"),
  });
  report("reverse", between);
} finally {
  Deno.removeSync(folder, { recursive: true });
}

function report(what: string, since: number): void {
  const seconds = ((performance.now() - since) / 1000).toFixed(0);
  const status = Deno.readTextFileSync("/proc/self/status");
  const peak = Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024;
  console.log(`${what}: ${seconds} s, peak ${peak.toFixed(0)} MiB`);
}

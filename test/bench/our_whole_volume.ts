/**
 * Predicts a volume of 125 × 1250 × 1250 voxels with the small network, by the
 * command as users call it, and prints seconds and peak memory, which is to stay
 * under 3 GiB. It takes about 20 minutes of two idle cores, and can be stopped,
 * even by kill -9, or stop itself: the same call goes on.
 *
 *     deno run -A test/bench/our_whole_volume.ts --folder /tmp/whole
 *     deno run -A test/bench/our_whole_volume.ts --folder /tmp/whole --kill-after 300
 *
 * @module
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectFolder } from "@/command/mod.ts";
import { openRng, type Zyx } from "@/core/mod.ts";
import { createContainer } from "@/data/mod.ts";

const { values: args } = parseArgs({
  options: {
    folder: { type: "string", default: "/tmp/cleft-whole" },
    shape: { type: "string", default: "125,1250,1250" },
    filters: { type: "string", default: "8,16,24,32,40" },
    engine: { type: "string", default: "tensorflow" },
    /** Seconds after which it is killed. */
    "kill-after": { type: "string" },
  },
});
const { folder } = args;
const shapeVox = args.shape.split(",").map(Number) as unknown as Zyx;
const volume = join(folder, "raw.zarr"), output = join(folder, "said.zarr");

mkdirSync(folder, { recursive: true });
await writeVolume();
if (!existsSync(join(folder, "results"))) await train();
await predict();

/** Grey values of bytes, one section after the other. */
async function writeVolume(): Promise<void> {
  if (existsSync(volume)) return;
  using file = await createContainer(volume);
  const append = file.dataset("volumes/raw", {
    shapeVox,
    resolutionNm: [40, 4, 4],
  });
  const rng = openRng(1).at("whole");
  const noise = Uint8Array.from({ length: 1 << 16 }, () => rng.integer(256));
  const section = new Uint8Array(shapeVox[1] * shapeVox[2]);
  for (let z = 0; z < shapeVox[0]; z++) {
    append(section.map((_, i) => noise[(i + 251 * z) % noise.length]!));
  }
  file.commit();
}

/** A network that took one step: what it says does not matter here. */
async function train(): Promise<void> {
  const source =
    "{ type: phantom, shapeVox: [8, 96, 96], voxelNm: [40, 8, 8] }";
  const experiment = join(folder, "whole.yaml");
  Deno.writeTextFileSync(
    experiment,
    `name: whole
data: { train: [{ source: ${source} }] }
sampler: { type: uniform, patchVox: [8, 96, 96] }
model: { type: resUnet, filters: [${args.filters}] }
loss: { terms: [{ type: bce }] }
train: { volumeTotal: 1, workers: 0, engine: ${args.engine} }
`,
  );
  const { success } = await cleft(["run", experiment]).status;
  if (!success) throw new Error("the network was not trained");
}

async function predict(): Promise<void> {
  const begun = performance.now();
  const child = cleft([
    "predict",
    "whole",
    "--volume",
    volume,
    "--output",
    output,
  ]);
  let peakMiB = 0;
  const looking = setInterval(() => {
    const found = peakOf(child.pid);
    if (found !== undefined) peakMiB = found;
  }, 250);
  const wait = Number(args["kill-after"] ?? Infinity);
  const killing = Number.isFinite(wait)
    ? setTimeout(() => child.kill("SIGKILL"), 1000 * wait)
    : undefined;
  const { signal, code } = await child.status;
  clearInterval(looking);
  clearTimeout(killing);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(
    `${
      signal
        ? `ended by ${signal}`
        : code === 0
        ? "whole"
        : `failed with ${code}`
    }: ${seconds} s, ` +
      `peak ${peakMiB.toFixed(0)} MiB` +
      (signal ? "; the same call goes on" : `, ${output}`),
  );
}

/** A command of this checkout, its records in the folder. */
function cleft(words: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--quiet",
      join(projectFolder, "src", "main.ts"),
      ...words,
    ],
    cwd: folder,
    env: { CLEFT_RESULTS: join(folder, "results") },
  }).spawn();
}

/** The most memory a process has had, in MiB; undefined once it has ended. */
function peakOf(pid: number): number | undefined {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    const [, kiB] = /VmHWM:\s+(\d+)/.exec(status) ?? [];
    return kiB === undefined ? undefined : Number(kiB) / 1024;
  } catch {
    return undefined; // it has ended, or this is no Linux
  }
}

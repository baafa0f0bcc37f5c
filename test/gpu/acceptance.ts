/**
 * All that a card has to show, in under ten minutes: self-test, a run that is
 * repeated, killed and resumed, speed beside PyTorch's, whether bits come again,
 * and the tests of this folder. Tells what it finds as it goes, and ends with 1
 * where something is not as it should be, with 3 where time was up before all
 * was looked at. Without a card it goes through the same, small, on the
 * processor's plugin.
 *
 *     deno run -A test/gpu/acceptance.ts [--python PATH] [--only PART]…
 *
 * @module
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { projectFolder } from "@/command/mod.ts";
import { findPlugin } from "@/engine/mod.ts";
import { run } from "./_finding.ts";

/** The parts in their order, and the most seconds that each may take. */
const parts = {
  doctor: 90,
  runs: 200,
  speed: 420,
  bits: 200,
  tests: 240,
} as const;
const names = Object.keys(parts) as (keyof typeof parts)[];

/** The seconds of it all, and what is left when no further part is begun. */
const TOTAL_S = 585, LEAST_S = 15;

const { values: args } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    only: { type: "string", multiple: true, default: names },
    seconds: { type: "string", default: `${TOTAL_S}` },
  },
});
const unknown = args.only.find((name) => !(name in parts));
if (unknown !== undefined) {
  console.error(`No part "${unknown}"; there are ${names}`);
  Deno.exit(2);
}
const plugin = findPlugin({ isExplicit: true });
if (!plugin) {
  console.error("No plugin: deno task setup --gpu, or --plugin cpu");
  Deno.exit(2);
}
const env = { CLEFT_PJRT_PLUGIN: plugin.path, NO_COLOR: "1" };
const gpu = await cardOf();
console.log(`On ${gpu ?? "the processor"}, ${plugin.path} (${projectFolder})`);

const left = () => Number(args.seconds) - performance.now() / 1000;
const codes = new Set<number>();
for (const name of names.filter((name) => args.only.includes(name))) {
  console.log(`${name} (${left().toFixed()} s left)`);
  const seconds = Math.min(parts[name], left());
  if (seconds < LEAST_S) {
    console.log(`  left ${name}: no time was left for it: --only ${name}`);
    codes.add(3);
  } else codes.add(await runPart(name, seconds));
}
console.log(`Over after ${(performance.now() / 1000).toFixed()} s`);
Deno.exit(codes.has(1) ? 1 : codes.has(3) ? 3 : 0);

/** The card's name; null on a processor. */
async function cardOf(): Promise<string | null> {
  try {
    const words = ["test/bench/our_step.ts", "--engine", "pjrt"];
    const { out } = await run([...words, "--mode", "ask"], { env });
    return JSON.parse(out).gpu;
  } catch (error) {
    console.error((error as Error).message);
    Deno.exit(1);
  }
}

/** Runs a part; when its time is up, all that it started ends with it. */
function runPart(name: string, seconds: number): Promise<number> {
  const words = ["run", "-A", "--quiet", "--no-check"];
  const child = spawn(Deno.execPath(), [
    ...[...words, join(projectFolder, "test/gpu/_part.ts"), name],
    ...["--python", args.python, "--seconds", `${seconds}`],
    ...gpu ? ["--gpu", gpu] : [],
  ], {
    detached: true, // a group of its own
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const end = () => process.kill(-child.pid!, "SIGKILL");
  const interrupted = () => {
    end();
    Deno.exit(130);
  };
  Deno.addSignalListener("SIGINT", interrupted);
  const { promise, resolve } = Promise.withResolvers<number>();
  const timer = setTimeout(() => {
    console.log(`  FAIL ${name}: not over after ${seconds.toFixed()} s`);
    end();
    resolve(1);
  }, 1000 * seconds);
  child.on("exit", (code) => resolve(code ?? 1));
  return promise.finally(() => {
    clearTimeout(timer);
    Deno.removeSignalListener("SIGINT", interrupted);
  });
}

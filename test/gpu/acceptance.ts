/**
 * All that a card has to show, in under ten minutes: self-test, the tests of
 * this folder, speed beside PyTorch's, whether bits come again, and a run that
 * is repeated, killed and resumed. Prints a table, and ends with 1 where
 * something is not as it should be. Without a card it goes through the same,
 * small, on the processor's plugin.
 *
 *     deno run -A test/gpu/acceptance.ts [--python PATH] [--only PART]…
 *
 * @module
 */
import { parseArgs } from "node:util";
import { projectFolder } from "@/command/mod.ts";
import { findPlugin } from "@/engine/mod.ts";
import { bitsAgain } from "./_bits_again.ts";
import { runsAgain } from "./_runs_again.ts";
import {
  type AcceptanceOptions,
  type Finding,
  finding,
  run,
} from "./_finding.ts";
import { speedOf } from "./_speed.ts";

const parts: Readonly<
  Record<string, (options: AcceptanceOptions) => Promise<readonly Finding[]>>
> = {
  doctor: async ({ env }) => {
    const { out } = await run(["src/main.ts", "doctor", "--engine", "pjrt"], {
      more: ["--json"],
      seconds: 120,
      env,
    });
    const { engine, selfTest, convolutions } = JSON.parse(out);
    return [
      finding(`self-test on ${engine.gpu ?? "the processor"}`, {
        found: `gradient ${selfTest.gradientError.toExponential(1)}`,
        isMet: selfTest.isPassed,
      }),
      ...convolutions.map((
        { precision, teraflops, expectedTeraflops: least }: {
          precision: string;
          teraflops: number;
          expectedTeraflops: number | null;
        },
      ) =>
        finding(`convolutions in ${precision}, TFLOP/s`, {
          found: teraflops.toPrecision(3),
          limit: least === null ? undefined : `≥ ${least.toPrecision(3)}`,
          isMet: least === null ? null : teraflops >= least,
        })
      ),
    ];
  },
  tests: async ({ env, gpu }) => {
    const { code, out } = await run(["test/gpu"], {
      command: ["test", "-A", "--quiet", "--no-check"],
      seconds: 240,
      env: { ...env, ...gpu ? {} : { CLEFT_TEST_GPU: "any" } },
    });
    const line = /^\S*(?:ok|FAILED)\S* \| .*$/m.exec(out)?.[0] ?? "no result";
    return [finding("test/gpu", { found: line, isMet: code === 0 })];
  },
  runs: runsAgain,
  bits: bitsAgain,
  speed: speedOf, // takes what time is left
};

const { values: args } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    only: { type: "string", multiple: true, default: Object.keys(parts) },
  },
});
const plugin = findPlugin({ isExplicit: true });
if (!plugin) {
  console.error("No plugin: deno task setup --gpu, or --plugin cpu");
  Deno.exit(2);
}
const env = { CLEFT_PJRT_PLUGIN: plugin.path, NO_COLOR: "1" };
const asked = await run(
  ["test/bench/our_step.ts", "--engine", "pjrt", "--mode", "ask"],
  { seconds: 120, env },
);
const gpu: string | null = JSON.parse(asked.out).gpu;
console.log(`On ${gpu ?? "the processor"}, ${plugin.path} (${projectFolder})`);

const TOTAL_S = 600, LONGEST_ROW_S = 130;
const deadlineMs = 1000 * (TOTAL_S - LONGEST_ROW_S);
let isFine = true;
for (const name of args.only) {
  const part = parts[name];
  if (!part) {
    console.error(`No part "${name}"; there are ${Object.keys(parts)}`);
    Deno.exit(2);
  }
  const start = performance.now();
  let found: readonly Finding[];
  try {
    found = await part({ python: args.python, gpu, env, deadlineMs });
  } catch (error) {
    found = [finding(name, { found: `${error}`.slice(-600), isMet: false })];
  }
  const seconds = ((performance.now() - start) / 1000).toFixed();
  console.log(`${name} (${seconds} s)`);
  for (const { what, found: value, limit = "", isMet } of found) {
    const word = isMet === null ? "told" : isMet ? "ok" : "FAIL";
    isFine &&= isMet !== false;
    console.log(`  ${word.padEnd(5)}${what}: ${value} ${limit}`.trimEnd());
  }
}
Deno.exit(isFine ? 0 : 1);

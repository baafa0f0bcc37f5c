/**
 * One part of `acceptance.ts`, a process of its own, as that starts it:
 *
 *     deno run -A test/gpu/_part.ts NAME --seconds S [--python PATH] [--gpu CARD]
 *
 * Ends with 1 where something is not as it should be, with 3 where something
 * was left out.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { bitsAgain } from "./_bits_again.ts";
import { doctor, tests } from "./_checks.ts";
import type { Finding, Part, Verdict } from "./_finding.ts";
import { runsAgain } from "./_runs_again.ts";
import { speedOf } from "./_speed.ts";

const parts: Readonly<Record<string, Part>> = {
  doctor,
  tests,
  runs: runsAgain,
  speed: speedOf,
  bits: bitsAgain,
};

const { values: args, positionals: [name] } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: "string", default: "python3" },
    gpu: { type: "string" },
    seconds: { type: "string", default: "600" },
  },
});
const verdicts = new Set<Verdict>();

function tell({ what, found, limit = "", verdict }: Finding): void {
  verdicts.add(verdict);
  console.log(`  ${verdict.padEnd(5)}${what}: ${found} ${limit}`.trimEnd());
}

try {
  const options = {
    python: args.python,
    gpu: args.gpu ?? null,
    env: { NO_COLOR: "1" },
    left: () => Number(args.seconds) - performance.now() / 1000,
  };
  for await (const found of parts[name!]!(options)) tell(found);
} catch (error) {
  const found = `${error instanceof Error ? error.message : error}`;
  tell({ what: name!, found: found.slice(-600), verdict: "FAIL" });
}
Deno.exit(verdicts.has("FAIL") ? 1 : verdicts.has("left") ? 3 : 0);

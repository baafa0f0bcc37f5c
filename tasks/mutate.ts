/**
 * Changes conditions and constants of sources at random, one at a time, in a
 * copy of the working tree, and says which changes no unit test notices: lines
 * that could be wrong without anyone being told.
 *
 * @module
 */
import { join, normalize } from "node:path";
import { parseArgs } from "node:util";
import { projectFolder } from "@/command/mod.ts";
import { openRng } from "@/core/mod.ts";
import { findMutations, type Mutation } from "./mutate/find.ts";
import { sampleEvenly } from "./mutate/sample.ts";
import { testFinder } from "./mutate/test_finder.ts";
import { type Outcome, WorkCopy } from "./mutate/work_copy.ts";

const usage = `Usage: deno task mutate PATH… [options]

  --count N       mutations to try, evenly over files (default 100)
  --seed N        which ones (default 1)
  --with PATH     tests to run besides those named after a file, those that
                  import it and those in its folder that see it through what
                  they import; can occur several times
  --seconds N     after which a test that goes on has noticed (default 60)
  --no-check      do not hold against types what no test noticed`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    with: { type: "string", multiple: true, default: [] },
    seconds: { type: "string", default: "60" },
    "no-check": { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help || positionals.length === 0) {
  console.log(usage);
  Deno.exit(values.help ? 0 : 1);
}

await using copy = await WorkCopy.of(projectFolder);
const found = await findMutations(positionals.map(normalize), copy.folder);
const sample = sampleEvenly(
  { mutations: found, count: wholeNumber("count") },
  openRng(wholeNumber("seed")),
);
const testsOf = testFinder(copy.folder);
const stepsOf = new Map(sample.map(({ path }) => [path, testsFor(path)]));
const files = new Set(found.map(({ path }) => path)).size;
console.log(
  `${sample.length} of ${found.length} mutations, in ${stepsOf.size} of ${files} files, seed ${values.seed}`,
);

const tests = [...new Set([...stepsOf.values()].flat(2))];
if (tests.length > 0 && await copy.test(tests, 3600) !== "lived") {
  console.error(
    `Cannot tell what tests notice: without any change, one fails\n  fix  deno task test ${
      tests.join(" ")
    }`,
  );
  Deno.exit(1);
}

const outcomes: Record<Outcome, number> = {
  "killed": 0,
  "too long": 0,
  "not compiling": 0,
  "lived": 0,
};
for (const mutation of sample) {
  const outcome = await copy.try(mutation, {
    steps: stepsOf.get(mutation.path)!,
    seconds: wholeNumber("seconds"),
    isChecked: !values["no-check"],
  });
  outcomes[outcome]++;
  if (outcome === "lived") console.log(described(mutation));
}
const { lived } = outcomes;
console.log(
  Object.entries(outcomes).map(([what, count]) => `${count} ${what}`)
    .join(", "),
);
console.log(
  `${
    (100 * lived / sample.length).toFixed(1)
  } % lived; a change that makes no difference, and could not be noticed, is among them`,
);

function testsFor(path: string): readonly (readonly string[])[] {
  const besides = values.with;
  return [
    ...testsOf(path),
    ...besides.length > 0 ? [besides] : [],
  ];
}

/** Where a mutation is, and its lines before and after. */
function described({ path, line, start, end, after }: Mutation): string {
  const text = Deno.readTextFileSync(join(copy.folder, path));
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const to = next < 0 ? text.length : next;
  const changed = text.slice(from, start) + after + text.slice(end, to);
  return `\n${path}:${line}\n  - ${squeezed(text.slice(from, to))}\n  + ${
    squeezed(changed)
  }`;
}

function squeezed(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ");
}

function wholeNumber(option: "count" | "seed" | "seconds"): number {
  const number = Number(values[option]);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  console.error(`Cannot read --${option} ${values[option]}: no whole number`);
  return Deno.exit(1);
}

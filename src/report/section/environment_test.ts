import { deepEqual, equal, match } from "node:assert/strict";
import type { Environment, Run } from "@/record/mod.ts";
import { seeSection } from "../_reading_testing.ts";
import { makeReport, makeRun, makeRunData } from "../_testing.ts";

const see = (...runs: readonly Partial<Run>[]) =>
  seeSection(
    { type: "environment" },
    makeReport(
      runs.map((run, i) => makeRunData({ experiment: `r${i}`, ...run })),
    ),
  );

const on = (changes: Partial<Environment>) => ({
  environment: { ...makeRun().environment, ...changes },
});

/** What stands behind a fact's name. */
const factOf = (lines: readonly string[], name: string) =>
  lines[lines.indexOf(name) + 1];

Deno.test("environment tells what decides the bits, a dash for what is unknown", () => {
  const { lines } = see(on({
    threads: 1,
    devices: ["gpu:0", "gpu:1"],
    gpu: "H100",
    lockfileSha256: "",
    commit: null,
  }));
  equal(factOf(lines, "Engine"), "tensorflow , 1 thread");
  equal(factOf(lines, "Devices"), "gpu:0, gpu:1");
  equal(factOf(lines, "Graphics"), "H100");
  equal(factOf(lines, "deno.lock"), "–");
  equal(factOf(lines, "Code"), "outside a repository");
  const bare = see(on({ devices: [] })).lines;
  equal(factOf(bare, "Devices"), "–");
  equal(factOf(bare, "Graphics"), "none");
  equal(factOf(bare, "Code"), "4e46b63c0ffe");
});

Deno.test("environment shows runs of one machine together", () => {
  const heads = (...runs: readonly Partial<Run>[]) =>
    see(...runs.map((run) => ({ ...run, inputs: [] }))).lines
      .filter((line) => /^(r\d ?)+$|runs$/.test(line));
  deepEqual(heads(on({ threads: 1 }), on({ threads: 2 }), on({ threads: 1 })), [
    "r0 r2",
    "r1",
  ]);
  deepEqual(heads({}, {}, {}), ["all 3 runs"]);
  deepEqual(heads({}), []);
});

Deno.test("environment shows what was not committed, coloured as git does", () => {
  const diff =
    "diff --git a b\nindex 1\n--- a\n+++ b\n@@ -1 @@\n-old\n+new\n as";
  const { lines, html } = see(on({ dirtyDiff: `${diff}\n` }));
  equal(factOf(lines, "Code"), "4e46b63c0ffe uncommitted changes");
  equal(
    lines.filter((line) => line.startsWith("Uncommitted"))[0],
    "Uncommitted changes, 8 lines",
  );
  const classes = [
    ...html.matchAll(/<span\s?(?:class="(\w+)")?\s*>([^<]*)\n</g),
  ]
    .map(([, kind, text]) => `${kind}: ${text}`);
  deepEqual(classes, [
    "file: diff --git a b",
    "file: index 1",
    "file: --- a",
    "file: +++ b",
    "place: @@ -1 @@",
    "removed: -old",
    "added: +new",
    "undefined:  as",
  ]);
});

Deno.test("environment shows 400 lines of a diff, and says how many there are", () => {
  const note = (count: number) =>
    see(on({ dirtyDiff: "+\n".repeat(count) })).lines
      .find((line) => line.startsWith("The first"));
  equal(note(400), undefined);
  equal(
    note(1234),
    "The first 400 of 1234 lines; the record holds all.",
  );
});

Deno.test("environment lists the input files, once for all runs that read them", () => {
  const [input] = makeRun().inputs;
  const other = [{ ...input!, sha256: "ab", bytes: 999 }];
  const { lines } = see({}, {}, { inputs: other }, { inputs: [] });
  const files = lines.slice(lines.indexOf("Input files") + 1);
  match(
    files[2]!,
    /^validation\[0\] \| \/data.*hdf \| 14\.2 MB \| [\da-f]{64}$/,
  );
  deepEqual([files[0], files[3], files[5]], [
    "r0 r1",
    "r2",
    "validation[0] | /data/vnc/vnc_stack1.hdf | 999 B | ab",
  ]);
  equal(see({}).lines.at(-2), "Role | File | Size | SHA-256");
  equal(see({ inputs: [] }).lines.includes("Input files"), false);
  deepEqual(see().lines, []);
});

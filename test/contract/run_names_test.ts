import { match, ok } from "node:assert/strict";
import { join } from "node:path";
import { openRecords } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { assertEquals } from "@test/helpers.ts";
import { commands } from "@/command/mod.ts";
import { say, testInFolder } from "@/command/_testing.ts";

/** Commands that take runs, but the one that takes those deleted. */
const takingRuns = commands.filter(({ name, positionals }) =>
  name === "list" ||
  name !== "restore" && positionals.some(({ name }) => name === "RUN")
);

/** What some of them need besides to get as far as the run. */
const besides: Readonly<Record<string, readonly string[]>> = {
  replay: ["--sample", "0"],
  report: ["--output", "page.html", "--force"],
  compare: ["other", "--output", "page.html", "--force"],
  predict: ["--volume", "x.hdf", "--output", "p.hdf"],
  bundle: ["--output", "runs.cleft", "--force"],
  export: ["--format", "csv", "--output", "runs.csv", "--force"],
  tag: ["--add", "paper"],
};

/** Those that take several one by one, and stop at plans as bare as these. */
const stopsAtFirst = ["rerun", "bundle"];

interface Ids {
  readonly first: string;
  readonly best: string;
  readonly last: string;
  readonly dice: readonly string[];
}

/** Records two runs of an experiment, three of a matrix and another one. */
function record(folder: string): Ids {
  using records = openRecords(join(folder, "results"));
  const runOf = (
    experiment: string,
    { ap, ...changes }: {
      readonly ap: number;
      readonly variant?: Record<string, string>;
      readonly planHash?: string;
    },
  ) => {
    using recorder = records.startRun(newRun({
      experiment,
      plan: '{"format":1,"spec":{}}',
      ranking: { name: "ap", better: "higher" },
      ...changes,
    }));
    recorder.metric({ split: "validation", name: "ap", step: 1, value: ap });
    recorder.finish("finished");
    return recorder.run.id;
  };
  const variants = [["dice", "1"], ["dice", "2"], ["bce", "1"]].map(
    ([loss, seed], i) => ({
      values: { loss: loss!, seed: seed! },
      planHash: `${i}`.repeat(64),
    }),
  );
  records.recordMatrix({
    name: "table",
    axes: [
      { name: "loss", values: ["dice", "bce"] },
      { name: "seed", values: ["1", "2"] },
    ],
    variants,
  });
  const dice = variants.map(({ values: variant, planHash }, i) =>
    runOf("table", { ap: i / 10, variant, planHash })
  ).slice(0, 2);
  const [first, best, last] = [0.1, 0.9, 0.2].map((ap) => runOf("mix", { ap }));
  runOf("other", { ap: 0.5 });
  return { first: first!, best: best!, last: last!, dice };
}

/** What a command said and wrote about the runs that a name means. */
async function sayOf(folder: string, command: string, name: string) {
  const { code, out, err } = await say(
    folder,
    ...[command, name, ...besides[command] ?? []],
  );
  const written = ["page.html", "runs.csv"].filter((name) => out.includes(name))
    .map((name) => Deno.readTextFileSync(join(folder, name)));
  const said = [out, err, ...written].join("\n");
  return { code, said, err };
}

for (const { name: command, positionals } of takingRuns) {
  const takesSeveral = command === "list" ||
    positionals.some(({ count }) => count === "any");
  testInFolder(
    `${command} takes a run by each of its names`,
    async (folder) => {
      const { first, best, last, dice } = record(folder);
      const names = [
        [first, first],
        [first.slice(0, -1), first],
        ["mix@best", best],
        ...command === "list" ? [] : [["mix", last]],
        ["mix@last", last],
        ["table@loss=dice,seed=2", dice[1]],
        ["table@loss=dice,best", dice[1]],
      ] as const;
      for (const [name, id] of names) {
        const { said } = await sayOf(folder, command, name);
        ok(said.includes(id!), `${command} ${name} says no ${id}: ${said}`);
        for (const other of [first, best, last, ...dice]) {
          ok(other === id || !said.includes(other), `${name} is not ${other}`);
        }
      }
    },
  );

  testInFolder(`${command} says what a name could mean`, async (folder) => {
    const { first, best, last, dice } = record(folder);
    const ambiguous = await sayOf(folder, command, "mix-");
    assertEquals(ambiguous.code, 2);
    match(ambiguous.err, /^Cannot tell which run "mix-" is: 3 begin like that/);
    for (const id of [first, best, last]) ok(ambiguous.err.includes(id));
    const none = await sayOf(folder, command, "mixx");
    assertEquals(none.code, 2);
    match(none.err, /^Cannot find the run "mixx".*\n.*\n.*mean "mix"\?$/);
    const { code, said } = await sayOf(folder, command, "table@loss=dice");
    const named = stopsAtFirst.includes(command) ? dice.slice(0, 1) : dice;
    for (const id of named) ok(said.includes(id), `${command}: ${said}`);
    if (stopsAtFirst.includes(command)) return;
    if (takesSeveral) assertEquals(code, 0, said);
    else {
      assertEquals(code, 2);
      match(said, /Cannot tell which run "table@loss=dice" is: it means 2\n/);
    }
  });
}

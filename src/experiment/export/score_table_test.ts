import { deepStrictEqual, match, rejects } from "node:assert/strict";
import { openRecords } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { testFolder } from "@test/folder.ts";
import type { RunContext } from "../run/context.ts";
import type { ExportFormat } from "./_format.ts";
import { latex } from "./latex.ts";
import { markdown } from "./markdown.ts";

const options = { metrics: [], split: "validation", over: "seeds" } as const;

/** A loss, null of a run of no matrix, a seed, and scores: AP, ADGT and more. */
type Scored = readonly [
  loss: string | null,
  seed: number,
  scores: readonly number[],
  more?: Readonly<Record<string, number>>,
];

/** Two losses, the second with two seeds. */
const losses: readonly Scored[] = [
  ["50%_x|y", 1, [0.5, 40.25]],
  ["dice", 1, [0.6, 50]],
  ["dice", 2, [0.7, 60]],
];

/** What a format writes of such runs. */
async function written(
  format: ExportFormat,
  scored = losses,
): Promise<string> {
  using folder = testFolder();
  using records = openRecords(folder.path("results"));
  const runs = scored.map(([loss, seed, [ap, adgt], more = {}]) => {
    using recorder = records.startRun(newRun({
      experiment: "table",
      plan: JSON.stringify({ spec: { loss, seed } }),
      seed,
      variant: loss === null ? null : { loss, seed: `${seed}` },
      overrides: [`seed=${seed}`],
      ranking: { name: "ap", better: "higher" },
    }));
    const point = { split: "validation", step: 1 } as const;
    recorder.metric({ ...point, name: "best.ap", value: ap! });
    recorder.metric({ ...point, name: "ap", value: 0 });
    for (const [name, value] of Object.entries({ adgt, ...more })) {
      if (value !== undefined) recorder.metric({ ...point, name, value });
    }
    recorder.finish("finished");
    return records.run(recorder.run.id);
  });
  const path = folder.path("out");
  await format.write({ runs, records, path }, {} as RunContext);
  return Deno.readTextFileSync(path);
}

// The deviation of 0.6 and 0.7 is 0.1 / √2 = 0.0707, of 50 and 60 it is 7.07.
Deno.test("markdown and latex have means over seeds, the best in bold, names as text", async () => {
  const chosen = { ...options, metrics: ["ap", "adgt"] };
  deepStrictEqual(
    await written(markdown.create(chosen)),
    [
      "| loss | AP | ADGT \\(nm\\) |\n",
      "| --- | ---: | ---: |\n",
      "| 50%\\_x\\|y | 0.500 | **40.3** |\n",
      "| dice | **0.650 ± 0.071** | 55.0 ± 7.1 |\n",
    ].join(""),
  );
  deepStrictEqual(
    await written(latex.create(chosen)),
    [
      "\\begin{tabular}{lrr}\n\\toprule\n",
      "loss & AP & ADGT (nm) \\\\\n",
      "\\midrule\n",
      "50\\%\\_x|y & $0.500$ & $\\mathbf{40.3}$ \\\\\n",
      "dice & $\\mathbf{0.650 \\pm 0.071}$ & $55.0 \\pm 7.1$ \\\\\n",
      "\\bottomrule\n\\end{tabular}\n",
    ].join(""),
  );
});

Deno.test("markdown and latex show three digits that count, none of whole numbers, nothing in bold of one row", async () => {
  const chosen = { ...options, metrics: ["ap", "adgt"] };
  const rowOf = async (...scores: number[]) => {
    const metrics = chosen.metrics.slice(0, scores.length);
    const format = markdown.create({ ...chosen, metrics });
    return (await written(format, [["a", 1, scores]])).split("\n")[2];
  };
  deepStrictEqual(await rowOf(0, 1234), "| table | 0 | 1234 |");
  deepStrictEqual(await rowOf(1, 1234.5), "| table | 1 | 1235 |");
  deepStrictEqual(await rowOf(0.01234, 12.345), "| table | 0.0123 | 12.3 |");
  deepStrictEqual(await rowOf(0.00001239), "| table | 0.000012 |");
  match(
    await written(latex.create(chosen), [["a", 1, [1, 2]]]),
    /\\begin\{tabular\}\{lrr\}[^]*\ntable & \$1\$ & \$2\$ /,
  );
});

Deno.test("markdown has a row for each run where it is told so", async () => {
  const text = await written(markdown.create({ ...options, over: "none" }));
  match(text, /^\| loss \| seed \| AP \|\n/);
  match(text, /\n\| dice \| 2 \| \*\*0\.700\*\* \|\n$/);
});

Deno.test("markdown refuses a number that no run has", async () => {
  const wrong = markdown.create({ ...options, metrics: ["app"] });
  await written(wrong).then(
    () => match("written", /refused/),
    (error) => match(`${error}`, /has "app" of validation\n.*\n.*"ap"/),
  );
});

Deno.test("markdown tells rows of a matrix from those of none, by what is empty or set", async () => {
  const chosen = { ...options, metrics: ["ap"] };
  deepStrictEqual(
    await written(
      markdown.create(chosen),
      [["a~<", 1, [0.5]], [null, 1, [0.25]]],
    ),
    [
      "| loss | AP |\n| --- | ---: |\n",
      "| a\\~\\< | **0.500** |\n|  | 0.250 |\n",
    ].join(""),
  );
});

Deno.test("markdown and latex have a dash where a row has no such number", async () => {
  const chosen = { ...options, metrics: ["adgt"] };
  const scored: readonly Scored[] = [["~^a", 1, [1]], ["b", 1, [1, 0.5]]];
  match(await written(markdown.create(chosen), scored), /\\~\^a \| – \|/);
  match(
    await written(latex.create(chosen), scored),
    /\n\\textasciitilde\{\}\\textasciicircum\{\}a & -- \\\\\n/,
  );
});

Deno.test("markdown refuses a number that exists but was not measured, and says where to look", async () => {
  const wrong = markdown.create({ ...options, metrics: ["dice"] });
  await rejects(written(wrong), /has "dice" of validation[^]*task show/);
});

Deno.test("scoreTable() shows what ranks and the foremost, three by default", async () => {
  const more = { found: 2, dice: 0.5, score: 123, falseComponents: 1 };
  const text = await written(
    markdown.create(options),
    [["a", 1, [0.5], more]],
  );
  deepStrictEqual(
    text.split("\n")[0],
    "| experiment | AP | Dice | CREMI score \\(nm\\) |",
  );
});

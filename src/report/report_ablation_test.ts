import assert from "node:assert/strict";
import type { MatrixRecord, Variant } from "@/record/mod.ts";
import { report } from "./report.tsx";
import { sections } from "./section/mod.ts";
import { makeRunData, matrixReport } from "./_testing.ts";
import type { ReportData } from "./data.ts";

/** The words of the ablation alone, a space between any two elements. */
function textOf(data: ReportData): string {
  const page = report(data, {
    sections: [sections.schema.parse({ type: "ablation" })],
  });
  const [section = ""] = /<section[\s\S]*<\/section>/.exec(page) ?? [];
  return section.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

const losses = { name: "loss", values: ["bce", "dice"] };
const seeds = { name: "seed", values: ["1", "2", "3"] };

/** bce 0.40, 0.50, 0.42 and dice 0.46, 0.53, 0.51: 0.06, 0.03, 0.09 apart. */
const aps: Readonly<Record<string, number>> = {
  "bce 1": 0.4,
  "bce 2": 0.5,
  "bce 3": 0.42,
  "dice 1": 0.46,
  "dice 2": 0.53,
  "dice 3": 0.51,
};
const apOf = ({ loss, seed }: Variant) => aps[`${loss} ${seed}`]!;

Deno.test("report() shows means over seeds by axis, and paired differences", () => {
  const text = textOf(matrixReport([losses, seeds], apOf));
  assert.match(
    text,
    /2 variants of loss, with the seeds 1, 2, 3: all 6 runs have/,
  );
  // Mean 0.44, squares 0.0016 + 0.0036 + 0.0004 = 0.0056, √(0.0056 / 2) = 0.0529.
  assert.match(text, / bce 3 0\.440 ± 0\.053 /);
  // Mean 0.5, squares 0.0016 + 0.0009 + 0.0001 = 0.0026, √(0.0026 / 2) = 0.0361.
  assert.match(text, / dice 3 0\.500 ± 0\.036 /);
  // Mean 0.06, deviation 0.03, times 4.3027 / √3: ± 0.0745.
  assert.match(text, / loss dice for bce 3 \+0\.060 \[−0\.015, \+0\.135\] /);
  assert.doesNotMatch(text, /corrected/); // there is but one
});

Deno.test("report() calls a difference good only where its whole interval is", () => {
  const tones = (gap: number) => {
    const data = matrixReport(
      [losses, seeds],
      (values) =>
        0.4 + 0.01 * Number(values["seed"]) ** 2 +
        (values["loss"] === "dice" ? gap + 0.001 * Number(values["seed"]) : 0),
    );
    return [...report(data).matchAll(/strip (is-\w+)/g)].map(([, tone]) =>
      tone
    );
  };
  // AP, Dice and the score, which is better when it is lower.
  assert.deepEqual(tones(0.1), ["is-good", "is-good", "is-good"]);
  assert.deepEqual(tones(-0.1), ["is-bad", "is-bad", "is-bad"]);
  assert.deepEqual(tones(-0.002), ["is-open", "is-open", "is-open"]);
});

Deno.test("report() claims no spread for one seed, and says so", () => {
  const text = textOf(
    matrixReport([losses], (values) => values["loss"] === "bce" ? 0.4 : 0.5),
  );
  assert.doesNotMatch(text, /±/);
  assert.match(text, /\+0\.100 one pair, no interval/);
  assert.match(text, /nothing here tells a difference from chance/);
});

Deno.test("report() counts finished runs alone and names what is missing", () => {
  const data = matrixReport(
    [losses, seeds],
    (values) =>
      values["loss"] === "dice" && values["seed"] === "3" ? null : apOf(values),
  );
  const runs = data.runs.map((one) =>
    one.run.id === "table-4"
      ? { ...one, run: { ...one.run, state: "failed" as const } }
      : one
  );
  const text = textOf({ ...data, runs });
  assert.match(
    text,
    /4 of 6 runs have finished\. ✕ failed dice · seed 2 1 run not/,
  );
  assert.match(text, / dice 1 of 3 0\.460 0\.368 /);
  assert.match(text, / for bce 1 \+0\.060 one pair, no interval/);
});

Deno.test("report() compares a step with the one it adds to", () => {
  const steps = { name: "step", values: ["baseline", "+ dilation", "+ dice"] };
  const gains = [0, 0.1, 0.3];
  const text = textOf(
    matrixReport(
      [steps, seeds],
      (values) => 0.4 + gains[steps.values.indexOf(values["step"]!)]!,
    ),
  );
  assert.match(text, /step \+ dilation on baseline 3 \+0\.100 /);
  assert.match(text, /step \+ dice on \+ dilation 3 \+0\.200 /);
  assert.match(text, /corrected for the 2 comparisons of a column/);
});

Deno.test("report() labels and colours the runs of a matrix by their variant", () => {
  const data = matrixReport([losses, seeds], apOf);
  const beside = makeRunData({ experiment: "other" });
  const page = report({ ...data, runs: [...data.runs, beside] });
  for (const label of ["bce · seed 1", "dice · seed 3", "other · seed 1"]) {
    assert.ok(page.includes(label), label);
  }
});

Deno.test("report() takes no name of an axis or a value for markup", () => {
  const attack = `</script><img src=x onerror=alert(1)>"'&`;
  const axes: MatrixRecord["axes"] = [{ name: attack, values: [attack, "b"] }];
  const page = report(matrixReport(axes, () => 0.5));
  assert.doesNotMatch(page, /<img/);
});

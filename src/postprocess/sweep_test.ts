import { deepStrictEqual } from "node:assert";
import { steps } from "./catalog.ts";
import { choiceCount, choicesOf, firstChoice, sweptOptions } from "./sweep.ts";

const entries = [
  steps.schema.parse({ type: "threshold", p: { sweep: [0.3, 0.6] } }),
  steps.schema.parse({ type: "size", minVox: { sweep: [0, 50, 200] } }),
  steps.schema.parse({ type: "sections" }),
];

Deno.test("orSweep() leaves an option its default and its bounds", () => {
  const of = (entry: object) => steps.schema.safeParse(entry);
  deepStrictEqual(of({ type: "size" }).data, { type: "size", minVox: 50 });
  deepStrictEqual(of({ type: "threshold" }).data, { type: "threshold" });
  deepStrictEqual(of({ type: "size", minVox: -1 }).success, false);
  const sweep = (values: unknown) =>
    of({ type: "size", minVox: { sweep: values } }).success;
  deepStrictEqual([[1], [1, -1], [], 1].map(sweep), [
    true,
    false,
    false,
    false,
  ]);
});

Deno.test("choicesOf() gives every combination, the last sweep fastest", () => {
  const choices = choicesOf(entries);
  deepStrictEqual(
    choices.map(([threshold, size]) => [threshold!.p, size!.minVox]),
    [[0.3, 0], [0.3, 50], [0.3, 200], [0.6, 0], [0.6, 50], [0.6, 200]],
  );
  deepStrictEqual(choiceCount(entries), choices.length);
  deepStrictEqual(firstChoice(entries), choices[0]);
  for (const choice of choices) deepStrictEqual(choice[2], entries[2]);
});

Deno.test("sweptOptions() names what is left to choose", () => {
  deepStrictEqual(sweptOptions(entries), [
    { at: 0, option: "p" },
    { at: 1, option: "minVox" },
  ]);
  deepStrictEqual(sweptOptions(firstChoice(entries)), []);
  deepStrictEqual(choicesOf([]), [[]]);
});

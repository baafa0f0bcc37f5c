import { deepStrictEqual } from "node:assert";
import { calledOf, drawn, shown } from "./_testing.ts";
import { prune } from "./prune.ts";

/** Means 0.7, 0.3 of six voxels, 0.3 of three in three sections, 0.4. */
const p = drawn(
  ["68.333.3.4", "...333...."],
  ["........3.", ".........."],
  ["........3.", ".........."],
);

function kept(spare: { spareVox?: number; spareSections?: number }): string {
  const { spareVox, spareSections } = spare;
  const called = calledOf(p, 6);
  const step = prune.create({ minMean: 0.5, spareVox, spareSections });
  if (step.stage !== "mask") throw new Error(step.stage);
  return shown(step.apply(called).cleft, p.shapeVox)
    .map((rows) => rows.join("|")).join(" ");
}

Deno.test("prune() takes away what is not sure", () => {
  const none = "..........|..........";
  deepStrictEqual(kept({}), `xx........|.......... ${none} ${none}`);
});

Deno.test("prune() spares what is large or deep, if told", () => {
  const none = "..........|..........";
  deepStrictEqual(
    kept({ spareVox: 6 }),
    `xx.xxx....|...xxx.... ${none} ${none}`,
  );
  const deep = "........x.|..........";
  deepStrictEqual(
    kept({ spareSections: 2 }),
    `xx........|.......... ${deep} ${deep}`,
  );
});

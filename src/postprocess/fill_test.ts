import { deepStrictEqual } from "node:assert";
import { calledOf, drawn, shown } from "./_testing.ts";
import { fill } from "./fill.ts";

const ring = ["xxx..", "x.xxx", "xxx.x", "..xxx"];
const disc = ["xxx..", "xxxxx", "xxxxx", "..xxx"];

function filled(
  sections: string[][],
  within: "section" | "volume",
  maxVox = 0,
): string[][] {
  const called = calledOf(drawn(...sections));
  const step = fill.create({ within, maxVox });
  if (step.stage !== "mask") throw new Error(step.stage);
  return shown(step.apply(called).cleft, called.probability.shapeVox);
}

Deno.test("fill() fills holes of sections, and leaves bays", () => {
  deepStrictEqual(filled([ring, ring], "section"), [disc, disc]);
  const bay = ["xxx", "x..", "xxx"];
  deepStrictEqual(filled([bay], "section"), [bay]);
});

Deno.test("fill() fills a hole of the volume only if it is enclosed above and below", () => {
  deepStrictEqual(filled([disc, ring, disc], "volume"), [disc, disc, disc]);
  deepStrictEqual(filled([ring, ring, disc], "volume"), [ring, ring, disc]);
});

Deno.test("fill() leaves holes that are too large", () => {
  const both = ["xxxxxxx", "x.xx..x", "xxxxxxx"];
  deepStrictEqual(filled([both], "section", 1), [
    ["xxxxxxx", "xxxx..x", "xxxxxxx"],
  ]);
});

import { deepEqual, equal, match } from "node:assert/strict";
import { base64 } from "../encode.ts";
import { seeSection } from "../_reading_testing.ts";
import { makeEvaluation, makeReport, makeRunData } from "../_testing.ts";

const png = (value: number) => Uint8Array.of(value);

/** Pictures that are there; what is not used is not carried along. */
const pictures = new Map([["r", png(1)], ["p", png(2)], ["more", png(3)]]);

const pictured = (experiment: string, volume: string, count: number) =>
  makeRunData({ experiment }, {
    evaluations: [{
      record: makeEvaluation({ volume }),
      pictures: Array.from({ length: count }, (_, z) => ({
        z,
        raw: "r",
        truth: null,
        prediction: "p",
      })),
    }],
  });

const see = (...runs: Parameters<typeof makeReport>[0]) =>
  seeSection({ type: "pictures" }, makeReport(runs, { pictures }));

Deno.test("pictures carries each picture once, and none that is not shown", () => {
  const { images } = see(pictured("a", "v", 3)).json("viewer-data");
  deepEqual(images, { p: base64(png(2)), r: base64(png(1)) });
  deepEqual(Object.keys(images), ["p", "r"]); // in order: equal pages are equal
});

Deno.test("pictures lets choose a volume where there are several", () => {
  const both = see(pictured("a", "v", 1), pictured("a", "w", 1));
  deepEqual(
    both.lines.slice(0, 3),
    ["Volume", "Validation · v", "Validation · w"],
  );
  equal(see(pictured("a", "v", 1)).lines[0], "Order");
});

Deno.test("pictures lets choose among the most sections a run has", () => {
  match(
    see(pictured("a", "v", 2), pictured("b", "v", 5)).html,
    /id="viewer-section" min="0" max="4"/,
  );
});

Deno.test("pictures sets two runs beside each other, or one beside grey values", () => {
  const alone = see(pictured("a", "v", 1));
  equal(alone.lines.filter((line) => line === "Run").length, 1);
  equal(alone.html.includes("Grey values"), true);
  const two = see(pictured("a", "v", 1), pictured("b", "v", 1));
  equal(two.lines.filter((line) => line === "Run").length, 2);
  equal(two.html.includes("Grey values"), false);
  deepEqual(
    [...two.html.matchAll(/data-pane="(\d)"/g)].map(([, pane]) => pane),
    ["0", "1"],
  );
});

Deno.test("pictures begins with the probability over the truth", () => {
  const checked = [...see(pictured("a", "v", 1)).html.matchAll(/<input[^>]*>/g)]
    .map(([input]) => input).filter((input) => input.includes(" checked"))
    .map((input) => /(?:value|id)="([^"]+)"/.exec(input)![1]);
  deepEqual(checked, ["heat", "viewer-truth", "viewer-prediction"]);
});

Deno.test("pictures shows nothing where no picture is there", () => {
  deepEqual(see(pictured("a", "v", 0)).lines, []);
});

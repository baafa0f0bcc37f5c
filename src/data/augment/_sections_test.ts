import { throws } from "node:assert/strict";
import { assertEquals } from "@test/helpers.ts";
import { changesBySection, drawChanges } from "./_sections.ts";
import { assertRate, drawn, drawnShapeVox, draws } from "./_draws_testing.ts";
import { openRng } from "@/core/mod.ts";

Deno.test("drawChanges() of a mix treats half of the samples whole, and sections at their chance", () => {
  const options = { mode: "mix", sectionP: 0.25 };
  const all = drawn<{ changes: unknown[] }>("blur", options);
  const isBySection = all.map(({ changes }) =>
    changes.length === drawnShapeVox[0]
  );
  assertEquals(isBySection.length, draws);
  assertRate(isBySection, 0.5);
  const sections = all.filter((_, i) => isBySection[i])
    .flatMap(({ changes }) => changes);
  assertRate(sections.map((change) => change !== null), 0.25);
});

Deno.test("drawChanges() draws once for all in 3d, for each section in 2d", () => {
  const counted = (mode: "2d" | "3d") => {
    let count = 0;
    const { changes } = drawChanges(
      [5, 1, 1],
      { mode, sectionP: 1, draw: () => ++count },
      openRng(1),
    );
    return changes.join();
  };
  assertEquals(counted("3d"), "1");
  assertEquals(counted("2d"), "1,2,3,4,5");
});

Deno.test("changesBySection() gives one change to all, and refuses other numbers of them", () => {
  const twice = { changes: ["a", "b"] };
  assertEquals(changesBySection([3, 1, 1], { changes: ["a"] }).join(), "a,a,a");
  assertEquals(changesBySection([2, 1, 1], twice).join(), "a,b");
  throws(() => changesBySection([3, 1, 1], twice), {
    name: "ExperimentError",
    message: "Cannot apply 2 changes to 3 sections",
    fix: "Give one change, or 3",
  });
});

import { assertEquals, assertSameNumbers, makeSample } from "@test/helpers.ts";
import { assertRate, drawn } from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { accepts, opened, speckle } from "./_testing.ts";

comparePeers("invert");

Deno.test("invert() twice gives every grey back, and labels stay", () => {
  const invert = opened("invert");
  const before = makeSample({ shapeVox: [2, 6, 7], grey: speckle });
  const parameters = { changes: ["inverted"] };
  const once = invert.apply(before, parameters);
  assertSameNumbers(once.image, before.image.map((grey) => 1 - grey));
  assertSameNumbers(once.target, before.target);
  assertSameNumbers(invert.apply(once, parameters).image, before.image);
});

Deno.test("invert() leaves what is beyond the volume alone", () => {
  const { image } = opened("invert").apply({
    ...makeSample({ shapeVox: [1, 2, 2], grey: () => 0.25 }),
    inside: { startVox: [0, 1, 0], shapeVox: [1, 1, 2] },
  }, { changes: ["inverted"] });
  assertSameNumbers(image, [0.25, 0.25, 0.75, 0.75]);
});

Deno.test("invert() is of whole samples, or of sections at their chance", () => {
  const whole = drawn<{ changes: unknown[] }>("invert");
  assertEquals(
    whole.every(({ changes }) => changes.join() === "inverted"),
    true,
  );
  const options = { mode: "2d", sectionP: 0.2 };
  const sections = drawn<{ changes: unknown[] }>("invert", options)
    .flatMap(({ changes }) => changes);
  assertRate(sections.map((change) => change === "inverted"), 0.2);
});

Deno.test("invert() takes a change for all sections, or one for each", () => {
  const fits = (...changes: unknown[]) =>
    accepts(opened("invert"), { shapeVox: [3, 4, 4], parameters: { changes } });
  assertEquals(fits("inverted"), true);
  assertEquals(fits(null, "inverted", null), true);
  assertEquals(fits("inverted", "inverted"), false);
  assertEquals(fits("upside down"), false);
});

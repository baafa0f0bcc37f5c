import { deepStrictEqual } from "node:assert";
import { calledOf, drawn } from "./_testing.ts";
import { keepObjects, maskOf, objectsOf } from "./_objects.ts";

Deno.test("objectsOf() says of each object how large, deep and sure it is", () => {
  const p = drawn(
    [".....", ".4...", "....."],
    [".....", ".6.8.", "....."],
    ["2....", ".....", "....."],
  );
  const { facts } = objectsOf(maskOf(calledOf(p, 6)), p);
  const round = (value: number) => Math.round(value * 1e6) / 1e6;
  deepStrictEqual(
    facts.map((o) => [
      ...[o.sizeVox, o.sections, round(o.meanProbability)],
      ...[round(o.highestProbability), o.isAtBorder],
    ]),
    [[2, 2, 0.5, 0.6, true], [1, 1, 0.8, 0.8, false], [1, 1, 0.2, 0.2, true]],
  );
});

Deno.test("objectsOf() counts parts that meet late as one", () => {
  const p = drawn(["x...x"], ["x...x"], ["xxxxx"]);
  const { facts } = objectsOf(maskOf(calledOf(p, 6)));
  deepStrictEqual(
    facts.map(({ sizeVox, sections }) => [sizeVox, sections]),
    [[9, 3]],
  );
});

Deno.test("keepObjects() leaves what is kept as it was", () => {
  const called = calledOf(drawn(["x.x.x"]));
  let seen = 0;
  keepObjects(called, { isKept: () => seen++ !== 1 });
  deepStrictEqual([...called.cleft], [1, 0, 0, 0, 1]);
});

import { deepStrictEqual } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import {
  type Fault,
  inReadingOrder,
  pathText,
  placeText,
  shownKey,
} from "./place.ts";

Deno.test("inReadingOrder() goes by file, then line, then column; what has no line comes first", () => {
  const places: readonly Fault["place"][] = [
    { file: "b", at: { line: 1, column: 1 } },
    { file: "a", at: { line: 2, column: 3 } },
    { file: "a", at: { line: 2, column: 1 } },
    { file: "a", at: { line: 1, column: 9 } },
    { file: "--set x=1", at: null },
    { file: "a", at: null },
  ];
  const faults = places.map((place) => {
    const where = placeText(place);
    return { place, error: new ExperimentError("", { where, fix: "" }) };
  });
  const sorted = ["a", "a:1:9", "a:2:1", "a:2:3", "b:1:1", "--set x=1"];
  for (const some of [faults, faults.toReversed()]) {
    deepStrictEqual(
      inReadingOrder(some, ["a", "b"]).map(({ where }) => where),
      sorted,
    );
  }
});

Deno.test("inReadingOrder() keeps the order of faults at one place", () => {
  const at = (line: number | null, fix: string): Fault => ({
    place: { file: "a", at: line === null ? null : { line, column: 1 } },
    error: new ExperimentError("", { where: "", fix }),
  });
  const faults = [at(1, "3"), at(null, "1"), at(null, "2"), at(1, "4")];
  deepStrictEqual(
    inReadingOrder(faults, ["a"]).map(({ fix }) => fix),
    ["1", "2", "3", "4"],
  );
});

Deno.test("pathText() and placeText() write places as people do", () => {
  deepStrictEqual(pathText([]), "");
  deepStrictEqual(
    pathText(["loss", "terms", 1, "weight"]),
    "loss.terms[1].weight",
  );
  deepStrictEqual(pathText([0, "type"]), "[0].type");
  const place = { file: "a.yaml", at: { line: 9, column: 13 } };
  deepStrictEqual(placeText(place, ["seed"]), "a.yaml:9:13 seed");
  deepStrictEqual(placeText(place), "a.yaml:9:13");
  deepStrictEqual(
    placeText({ file: "a\n", at: null }, []).includes("\n"),
    false,
  );
});

Deno.test("shownKey() cuts what is longer than sixty characters", () => {
  deepStrictEqual(shownKey("a".repeat(60)), "a".repeat(60));
  deepStrictEqual(shownKey("b".repeat(61)), `${"b".repeat(57)}…`);
});

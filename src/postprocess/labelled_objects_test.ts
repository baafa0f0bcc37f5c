import { deepStrictEqual } from "node:assert";
import { calledOf, drawn } from "./_testing.ts";
import { labelledObjects } from "./labelled_objects.ts";

Deno.test("labelledObjects() numbers objects by their first voxels", () => {
  // Two arms that meet in the last section, and a dot between them.
  const p = drawn(["x...x"], ["x.x.x"], ["x...x"], ["xxxxx"]);
  const apart = labelledObjects(calledOf(drawn(["x...x"], ["x.x.x"]), 6));
  deepStrictEqual(apart.count, 3);
  deepStrictEqual(Array.from(apart.sections(), (s) => s.join("")), [
    "10002",
    "10302",
  ]);
  const met = labelledObjects(calledOf(p, 6));
  deepStrictEqual(met.count, 2);
  deepStrictEqual(Array.from(met.sections(), (s) => s.join("")), [
    "10001",
    "10201",
    "10001",
    "11111",
  ]);
});

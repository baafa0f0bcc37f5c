import { assertEquals } from "@test/helpers.ts";
import { openRng } from "../rng.ts";
import { labelComponents } from "./components.ts";
import { ComponentCounter } from "./count_components.ts";

Deno.test("ComponentCounter counts as labelComponents() does", () => {
  for (const share of [0, 0.02, 0.05, 0.1, 0.2, 0.5, 1]) {
    const rng = openRng(3).at(share);
    const mask = Uint8Array.from(
      { length: 7 * 9 * 31 },
      () => rng.uniform(0, 1) < share ? 1 : 0,
    );
    const counter = new ComponentCounter(9);
    for (let row = 0; row < 63; row++) {
      counter.add(mask.subarray(31 * row, 31 * (row + 1)));
    }
    assertEquals(counter.count, labelComponents(mask, [7, 9, 31], 26).count);
  }
});

Deno.test("ComponentCounter joins arms that meet sections later", () => {
  const counter = new ComponentCounter(1);
  const counts = ["11.11", "1...1", "1...1", "11111", ".....", "..1.."].map(
    (row) => {
      counter.add(Uint8Array.from(row, (c) => c === "1" ? 1 : 0));
      return counter.count;
    },
  );
  assertEquals(counts.join(), "2,2,2,1,1,2");
});

import { assertEquals } from "@test/helpers.ts";
import { openRng } from "../rng.ts";
import { labelComponents } from "./components.ts";
import { ComponentCounter } from "./count_components.ts";

Deno.test("ComponentCounter counts as labelComponents() does", () => {
  for (const connectivity of [6, 18, 26] as const) {
    for (const share of [0, 0.05, 0.2, 0.5, 1]) {
      const rng = openRng(3).at(connectivity, share);
      const mask = Uint8Array.from(
        { length: 7 * 9 * 11 },
        () => rng.uniform(0, 1) < share ? 1 : 0,
      );
      const counter = new ComponentCounter([9, 11], connectivity);
      for (let z = 0; z < 7; z++) {
        counter.add(mask.subarray(z * 99, z * 99 + 99));
      }
      assertEquals(
        counter.count,
        labelComponents(mask, [7, 9, 11], connectivity).count,
      );
    }
  }
});

Deno.test("ComponentCounter joins arms that meet sections later", () => {
  const counter = new ComponentCounter([1, 5], 6);
  const counts = ["11.11", "1...1", "1...1", "11111", ".....", "..1.."].map(
    (row) => {
      counter.add(Uint8Array.from(row, (c) => c === "1" ? 1 : 0));
      return counter.count;
    },
  );
  assertEquals(counts.join(), "2,2,2,1,1,2");
});

import { assertSameNumbers } from "@test/helpers.ts";
import { counts } from "./_testing.ts";
import { inArena } from "./arena.ts";
import { splitLabels } from "./labels.ts";

Deno.test("splitLabels() tells clefts, and what is unknown, apart", () => {
  for (const n of counts) {
    const labels = Uint8Array.from({ length: n }, (_, i) => i * 7 % 3);
    const alone = splitLabels(labels);
    assertSameNumbers(alone.target, labels.map((v) => v === 1 ? 1 : 0));
    assertSameNumbers(alone.mask, labels.map((v) => v === 2 ? 0 : 1));
    const { target, mask } = inArena(() => splitLabels(labels));
    assertSameNumbers(target, alone.target);
    assertSameNumbers(mask, alone.mask);
  }
});

import { deepStrictEqual } from "node:assert/strict";
import { mostChoices } from "@/postprocess/mod.ts";
import { postprocessSchema } from "./evaluate_schema.ts";

Deno.test("postprocessSchema takes sweeps of as many combinations as are tried", () => {
  const messages = (...counts: readonly number[]) =>
    postprocessSchema.safeParse(counts.map((count) => ({
      type: "size",
      minVox: { sweep: Array.from({ length: count }, (_, i) => i + 1) },
    }))).error?.issues.map(({ message }) => message);
  deepStrictEqual(messages(mostChoices / 2, 2), undefined);
  deepStrictEqual(messages(mostChoices / 2 + 1, 2), [
    `its sweeps have ${mostChoices + 2} combinations`,
  ]);
});

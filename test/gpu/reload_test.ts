import { deepStrictEqual, ok } from "node:assert/strict";
import { inTemporaryFolder } from "@test/folder.ts";
import { type Measured, runOurs } from "@test/bench/harness.ts";
import { testOnCard } from "./_card.ts";

testOnCard(
  "a step that was kept starts at once in a new process, with equal bits",
  () =>
    inTemporaryFolder((folder) => {
      const train = (...more: string[]) =>
        runOurs("our_step.ts", [
          ...[
            "--engine",
            "pjrt",
            "--precision",
            "bf16",
            "--filters",
            "8,16,24",
          ],
          ...["--shape", "2,4,32,32", "--steps", "6", ...more],
        ]) as Measured & { readonly weightsSha256: string };
      const first = train("--programs", folder);
      const second = train("--programs", folder);
      console.log(
        "compiled in",
        first.firstMs,
        "ms, loaded in",
        second.firstMs,
      );
      ok(first.origins!.every((origin) => origin === "compiled"));
      ok(second.origins!.every((origin) => origin === "loaded"));
      deepStrictEqual(second.values, first.values);
      deepStrictEqual(second.weightsSha256, first.weightsSha256);
      ok(second.firstMs! < 2000);
    }),
);

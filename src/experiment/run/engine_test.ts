import { deepStrictEqual } from "node:assert";
import type { Engine } from "@/engine/mod.ts";
import { engineRecord } from "./engine.ts";

const program = {
  ...{ name: "train_step", key: "k", origin: "compiled" as const, seconds: 1 },
  workBytes: null,
} as const;

const engineWith = (
  programs: ReturnType<Engine["programs"]>,
  usage: ReturnType<Engine["usage"]>,
) => ({
  facts: { precision: "bf16" } as Engine["facts"],
  programs: () => programs,
  usage: () => usage,
});

Deno.test("engineRecord() is null where nothing was compiled", () => {
  deepStrictEqual(engineRecord(engineWith([], null)), null);
});

Deno.test("engineRecord() has the memory as far as it is known", () => {
  const usage = { inUseBytes: 1, peakBytes: 5, limitBytes: 7 };
  const known = { precision: "bf16", programs: [program] };
  deepStrictEqual(engineRecord(engineWith([program], usage)), {
    ...{ ...known, peakBytes: 5, limitBytes: 7 },
  });
  deepStrictEqual(engineRecord(engineWith([program], null)), {
    ...{ ...known, peakBytes: null, limitBytes: null },
  });
});

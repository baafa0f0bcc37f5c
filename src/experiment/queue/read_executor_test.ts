import { deepStrictEqual, throws } from "node:assert/strict";
import { readExecutor } from "./read_executor.ts";

Deno.test("readExecutor() reads a name or an entry, and refuses what is neither", () => {
  deepStrictEqual(readExecutor("local"), { type: "local" });
  const { type, gpus, warnS } = readExecutor("{ type: slurm, gpus: 2 }");
  deepStrictEqual([type, gpus, warnS], ["slurm", 2, 180]);
  throws(() => readExecutor("slrum"), /Cannot use "slrum"/);
  throws(() => readExecutor("{ type: slurm, gpu: 2 }"), /gpu/);
});

import type { EngineFacts } from "@/engine/mod.ts";
import { defaultWorkers, type Spec } from "../spec/mod.ts";

/**
 * Threads that prepare samples: as many as the experiment says. Where it says
 * nothing else than the default and an accelerator computes, which two would keep
 * waiting, one for each batch ahead and the next, as far as there are cores. Any
 * number gives the same samples.
 */
export function workersFor(
  { workers, ahead }: Pick<Spec["train"], "workers" | "ahead">,
  { gpu, cores }: Pick<EngineFacts, "gpu"> & { readonly cores: number },
): number {
  if (gpu === null || workers !== defaultWorkers) return workers;
  return Math.max(defaultWorkers, Math.min(ahead + 1, cores - 1));
}

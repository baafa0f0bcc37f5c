import { findInstalled } from "../setup/ready.ts";
import { pjrtCpu } from "./builds.ts";

/** A plugin, and who says that it is to be used. */
export interface FoundPlugin {
  /** Its file. */
  readonly path: string;
  /** Such as "CLEFT_PJRT_PLUGIN" or "deno task setup --gpu". */
  readonly from: string;
}

/**
 * The plugin to use: what CLEFT_PJRT_PLUGIN names, else the one that was set
 * up; the processor's only if the engine was asked for by name. Null if none.
 */
export function findPlugin(
  { isExplicit }: { isExplicit: boolean },
): FoundPlugin | null {
  const named = Deno.env.get("CLEFT_PJRT_PLUGIN");
  if (named) return { path: named, from: "CLEFT_PJRT_PLUGIN" };
  return isExplicit ? findCpuPlugin() : null;
}

/** XLA's plugin for the processor, if it is set up. */
export function findCpuPlugin(): FoundPlugin | null {
  const there = findInstalled(pjrtCpu);
  return there &&
    { path: there.libraryPath, from: pjrtCpu.command };
}

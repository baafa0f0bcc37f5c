import { join } from "node:path";
import { removeIfThere, writeAtomically } from "@/core/mod.ts";
import { engineFolder } from "../setup/place.ts";
import { findInstalled } from "../setup/ready.ts";
import { pjrtCpu, pjrtCuda12, pjrtCuda13 } from "./builds.ts";

/** A plugin, and who says that it is to be used. */
export interface FoundPlugin {
  /** Its file. */
  readonly path: string;
  /** Such as "CLEFT_PJRT_PLUGIN" or "deno task setup --gpu". */
  readonly from: string;
}

/**
 * The plugin to use: what CLEFT_PJRT_PLUGIN names, else the one that was named
 * to setup, else the one that setup fetched; the processor's only if the engine
 * was asked for by name. Null if there is none. Loads nothing.
 */
export function findPlugin(
  { isExplicit }: { isExplicit: boolean },
): FoundPlugin | null {
  const variable = Deno.env.get("CLEFT_PJRT_PLUGIN");
  if (variable) return { path: variable, from: "CLEFT_PJRT_PLUGIN" };
  const named = readNamed();
  if (named) return { path: named, from: "deno task setup --plugin" };
  for (const build of [pjrtCuda13, pjrtCuda12]) {
    const there = findInstalled(build);
    if (there) return { path: there.libraryPath, from: build.command };
  }
  return isExplicit ? findCpuPlugin() : null;
}

/** XLA's plugin for the processor, if it is set up. */
export function findCpuPlugin(): FoundPlugin | null {
  const there = findInstalled(pjrtCpu);
  return there && { path: there.libraryPath, from: pjrtCpu.command };
}

/** Has {@linkcode findPlugin} find a plugin that is there already. */
export function namePlugin(path: string): void {
  Deno.mkdirSync(engineFolder(), { recursive: true });
  writeAtomically(namedPath(), JSON.stringify({ path }));
}

/** Undoes {@linkcode namePlugin}. */
export function unnamePlugin(): void {
  removeIfThere(namedPath());
}

/** Where the name of a plugin is kept that was there already. */
function namedPath(): string {
  return join(engineFolder(), "pjrt.json");
}

function readNamed(): string | null {
  try {
    const { path } = JSON.parse(Deno.readTextFileSync(namedPath()));
    return typeof path === "string" ? path : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    if (error instanceof SyntaxError || error instanceof TypeError) return null; // not ours
    throw error;
  }
}

import { join } from "node:path";
import type { Engine, ProgramStore } from "@/engine/mod.ts";
import { peakMiB } from "./measure.ts";

/** What a benchmark wants to know of an engine that has worked. */
export interface EngineTold {
  /** Peak memory of the device, or of this process where the processor computes. */
  readonly peakMiB: number;
  /** The graphics processor, if any. */
  readonly gpu: string | null;
  /** Versions by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** How each program came to be; empty where an engine compiles none. */
  readonly origins: readonly ("compiled" | "loaded")[];
}

/** Asks an engine about its work. */
export function askEngine(engine: Engine): EngineTold {
  const { gpu, versions } = engine.facts;
  const bytes = gpu === null ? null : engine.usage()?.peakBytes;
  return {
    peakMiB: bytes ? bytes / 2 ** 20 : peakMiB(),
    gpu,
    versions,
    origins: engine.programs().map(({ origin }) => origin),
  };
}

/** Keeps programs as files of a folder of the benchmark's own. */
export function programsIn(folder: string): ProgramStore {
  return {
    find(key) {
      try {
        return Deno.readFileSync(join(folder, key));
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return null;
        throw error;
      }
    },
    keep(key, bytes) {
      Deno.writeFileSync(join(folder, key), bytes);
    },
  };
}

import type { Engine } from "@/engine/mod.ts";
import { peakMiB } from "./measure.ts";

/** What an engine that compiles for a device tells besides. */
interface Telling {
  /** Memory of the device, if it can tell. */
  usage?(): {
    readonly peakBytes: number | null;
    readonly inUseBytes: number;
    readonly limitBytes: number | null;
  } | null;
  /** What was compiled, or loaded from where it was kept. */
  programs?(): readonly {
    readonly name: string;
    readonly seconds: number;
    readonly origin: "compiled" | "loaded";
    readonly bytes: number;
    readonly key: string;
    readonly tempBytes: number | null;
  }[];
}

/** What a benchmark wants to know of an engine that has worked. */
export interface EngineTold {
  /** Peak memory of the device, or of this process where the processor computes. */
  readonly peakMiB: number;
  /** The graphics processor, if any. */
  readonly gpu: string | null;
  /** Versions by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** How each program came to be; empty where an engine keeps none. */
  readonly origins: readonly ("compiled" | "loaded")[];
}

/** Asks an engine about its work. */
export function askEngine(engine: Engine & Telling): EngineTold {
  const { gpu, versions } = engine.facts;
  const bytes = gpu === null ? null : engine.usage?.()?.peakBytes;
  return {
    peakMiB: bytes ? bytes / 2 ** 20 : peakMiB(),
    gpu,
    versions,
    origins: (engine.programs?.() ?? []).map(({ origin }) => origin),
  };
}

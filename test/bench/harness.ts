import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath as fromFileUrl } from "node:url";
import type { BenchOptions, BenchRow } from "@/command/mod.ts";

export type { BenchOptions, BenchRow };

/** What one side measured. */
export interface Measured {
  /** Least time. */
  readonly ms: number;
  /** Peak memory of its process. */
  readonly peakMiB?: number;
  /** What came out, for the two sides to agree on. */
  readonly value?: number;
  /** The same of the first steps. */
  readonly values?: readonly number[];
  /** Median time. */
  readonly medianMs?: number;
  /** Time of the first step, with what had to be compiled. */
  readonly firstMs?: number;
  /** Floating-point operations of a step's convolutions. */
  readonly flop?: number;
  /** The graphics processor, if any. */
  readonly gpu?: string | null;
  /** How each program came to be, where an engine keeps them. */
  readonly origins?: readonly ("compiled" | "loaded")[];
}

/** A row from two sides. */
export function benchRow(
  what: string,
  { ours, peer, unit = "ms" }: {
    readonly ours: Measured | null;
    readonly peer: Measured | null;
    readonly unit?: string;
  },
): BenchRow {
  return {
    what,
    unit,
    ours: ours?.ms ?? null,
    peer: peer?.ms ?? null,
    ratio: ours && peer ? ours.ms / peer.ms : null,
    oursMiB: ours?.peakMiB ?? null,
    peerMiB: peer?.peakMiB ?? null,
  };
}

/** The faster of some measurements. */
export function fastest<M extends Measured>(
  all: readonly (M | null)[],
): M | null {
  return all.filter((m) => m !== null)
    .reduce<M | null>((a, b) => a && a.ms <= b.ms ? a : b, null);
}

/** Fails unless both sides came to the same number, but for rounding. */
export function checkAgreement(
  what: string,
  { ours: { value: ours = NaN }, peer, within = 1e-6 }: {
    readonly ours: Measured;
    readonly peer: Measured | null;
    readonly within?: number;
  },
): void {
  if (!peer) return;
  const theirs = peer.value ?? NaN;
  if (Math.abs(ours - theirs) <= within * Math.abs(theirs)) return;
  throw new Error(
    `Cannot compare "${what}": we come to ${ours}, the peer to ${theirs}`,
  );
}

/** Runs one of our scripts as a process of its own and reads its JSON line. */
export function runOurs(script: string, args: readonly string[]): Measured {
  return runJson(Deno.execPath(), [
    "run",
    "-A",
    "--quiet",
    fileOf(script),
    ...args,
  ])!;
}

/**
 * The same for a peer's script; null, with a note, if Python or one of its
 * packages is missing.
 */
export function runPeer(
  { python, note }: BenchOptions,
  { script, args }: {
    readonly script: string;
    readonly args: readonly string[];
  },
): Measured | null {
  // -B: no compiled files beside the scripts, which would change the tree.
  return runJson(python, ["-B", fileOf(script), ...args], (reason) => {
    note(`Peer skipped: ${reason}; test/bench/README.md tells how to install`);
  });
}

/** Runs a command and reads its last line; null if it tells `missing` of something. */
function runJson(
  command: string,
  args: readonly string[],
  missing?: (reason: string) => void,
): Measured | null {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const reason = error && "code" in error && error.code === "ENOENT"
    ? `there is no "${command}"`
    : status === 0
    ? undefined
    : /^(?:ModuleNotFound|Import)Error: (.*)/m.exec(stderr)?.[1];
  if (missing && reason !== undefined) {
    missing(reason);
    return null;
  }
  if (error || status !== 0) {
    throw new Error(`${command} ${args.join(" ")} failed:\n${stderr}`, {
      cause: error,
    });
  }
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
}

function fileOf(script: string): string {
  return `${dirname(fromFileUrl(import.meta.url))}/${script}`;
}

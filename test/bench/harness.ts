import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath as fromFileUrl } from "node:url";

/** One comparison: our side and the peer's, measured in one run. */
export interface BenchRow {
  /** What is compared. */
  readonly what: string;
  /** Unit of `ours` and `peer`. */
  readonly unit: string;
  /** Our time, or null if this side was skipped. */
  readonly ours: number | null;
  /** The peer's best time, or null where its Python package is not installed. */
  readonly peer: number | null;
  /** ours / peer; below 1 we are faster. */
  readonly ratio: number | null;
  /** Our peak memory in MiB, if it was measured. */
  readonly oursMiB: number | null;
  /** The peer's peak memory in MiB, if it was measured. */
  readonly peerMiB: number | null;
}

/** How a benchmark is run. */
export interface BenchOptions {
  /** A Python that may have the peers installed. */
  readonly python: string;
  /** Hears what is going on. */
  note(line: string): void;
}

/** What one side measured. */
export interface Measured {
  /** Least time. */
  readonly ms: number;
  /** Peak memory of its process. */
  readonly peakMiB?: number;
}

/** A row from two sides. */
export function benchRow(
  what: string,
  ours: Measured | null,
  peer: Measured | null,
  unit = "ms",
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
export function fastest(all: readonly (Measured | null)[]): Measured | null {
  return all.filter((m) => m !== null)
    .reduce<Measured | null>((a, b) => a && a.ms <= b.ms ? a : b, null);
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

/** The same for a peer's script; null if Python or its packages are missing. */
export function runPeer(
  { python, note }: BenchOptions,
  script: string,
  args: readonly string[],
): Measured | null {
  return runJson(python, [fileOf(script), ...args], (text) => {
    const missing = /ModuleNotFoundError: (.*)/.exec(text)?.[1];
    if (missing) note(`peer skipped: ${missing}`);
    return missing !== undefined;
  });
}

function runJson(
  command: string,
  args: readonly string[],
  isMissing: (stderr: string) => boolean = () => false,
): Measured | null {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (error && "code" in error && error.code === "ENOENT") return null;
  if (status !== 0) {
    if (isMissing(stderr)) return null;
    throw new Error(`${command} ${args.join(" ")} failed:\n${stderr}`);
  }
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
}

function fileOf(script: string): string {
  return `${dirname(fromFileUrl(import.meta.url))}/${script}`;
}

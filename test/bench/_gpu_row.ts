import { inTemporaryFolder } from "@test/folder.ts";
import {
  type BenchOptions,
  type BenchRow,
  benchRow,
  fastest,
  type Measured,
  runOurs,
  runPeer,
} from "./harness.ts";

/** A row with what only devices have. */
export interface GpuRow extends BenchRow {
  /** The card, or the processor. */
  readonly on: string;
  /** Our median time. */
  readonly medianMs: number | null;
  /** The peer's, of the way that was fastest. */
  readonly peerMedianMs: number | null;
  /** Which way that was. */
  readonly peerIs: string | null;
  /** Floating-point operations of the convolutions over our time. */
  readonly teraflops: number | null;
  /** Our first step, compilation included. */
  readonly firstS: number | null;
  /** The same with the executable that was kept; null if there was none. */
  readonly reloadS: number | null;
  /** The peer's first step. */
  readonly peerFirstS: number | null;
  /** JAX's time. */
  readonly jaxMs: number | null;
  /** JAX's peak memory. */
  readonly jaxMiB: number | null;
  /** JAX's first step, compilation included. */
  readonly jaxFirstS: number | null;
  /** Relative difference of what our first step came to from the peer's, or JAX's. */
  readonly difference: number | null;
}

/** Something to measure. */
export interface GpuCase {
  readonly network: string;
  readonly mode: "train" | "forward";
  readonly precision: "fp32" | "tf32" | "bf16";
}

/** The ways of PyTorch that have a chance of being its best. */
const ways = {
  fp32: [{}, { compile: true }],
  tf32: [{}, { compile: true }],
  bf16: [{ layout: "channels_last" }, {
    layout: "channels_last",
    compile: true,
  }],
} as const;

/** What makes our side compute on a device. */
export const onPlugin = ["--engine", "pjrt"];

/** A name such as "N1-train-bf16". */
export function nameOfCase({ network, mode, precision }: GpuCase): string {
  return `${network}-${mode}-${precision}`;
}

/** Measures both sides, each in processes of its own, one after another. */
export async function measureRow(
  options: BenchOptions,
  one: GpuCase,
  { gpu, words }: {
    readonly gpu: string | null;
    readonly words: readonly string[];
  },
): Promise<GpuRow> {
  const { mode, precision } = one, name = nameOfCase(one);
  const kind = mode === "train" ? mode : "infer";
  const bounds = gpu
    ? ["--steps", "20", "--seconds", "4"]
    : ["--steps", "3", "--seconds", "1"];
  const device = ["--device", gpu ? "cuda" : "cpu"];
  const telling = (side: string, run: () => Measured | null) => {
    const found = attempt(options, `${name}: ${side}`, run);
    if (found) options.note(told(`${name}: ${side}`, found));
    return found;
  };

  const [first, ours] = await inTemporaryFolder((folder) => {
    const all = [...onPlugin, "--mode", kind, ...words, ...bounds];
    const run = () => runOurs("our_step.ts", [...all, "--programs", folder]);
    return [telling("compiled", run), telling("loaded", run)] as const;
  });
  const peers = ways[precision].map((way) => {
    const is = wayOf(way);
    const args = [kind, ...words, ...bounds, ...device, ...flagsOf(way)];
    const found = telling(
      `PyTorch, ${is}`,
      () => runPeer(options, { script: "peer_train.py", args }),
    );
    return found && { ...found, is };
  });
  const jax = options.isBrief ? null : telling(
    "JAX",
    () =>
      runPeer(options, {
        script: "peer_jax.py",
        args: [kind, ...words, ...bounds, ...device],
      }),
  );

  const best = fastest(peers);
  const isLoaded = ours?.origins?.includes("loaded") ?? false;
  return {
    ...benchRow(name, { ours, peer: best }),
    on: gpu ?? "processor",
    medianMs: ours?.medianMs ?? null,
    peerMedianMs: best?.medianMs ?? null,
    peerIs: best?.is ?? null,
    teraflops: ours?.flop ? ours.flop / ours.ms / 1e9 : null,
    firstS: secondsOf(first),
    reloadS: isLoaded ? secondsOf(ours) : null,
    peerFirstS: secondsOf(best),
    jaxMs: jax?.ms ?? null,
    jaxMiB: jax?.peakMiB ?? null,
    jaxFirstS: secondsOf(jax),
    difference: differenceOf(ours, best ?? jax),
  };
}

/** Runs a side; where it fails, says so and goes on with the others. */
function attempt(
  { note }: BenchOptions,
  what: string,
  run: () => Measured | null,
): Measured | null {
  try {
    return run();
  } catch (error) {
    note(`${what} failed: ${(error as Error).message.trim().slice(-600)}`);
    return null;
  }
}

/** A way of PyTorch: its layout, and whether it compiles. */
interface Way {
  readonly layout?: string;
  readonly compile?: boolean;
}

function wayOf({ layout, compile }: Way): string {
  return [layout ?? "default", ...(compile ? ["compiled"] : [])].join(" ");
}

function flagsOf({ layout = "default", compile }: Way): string[] {
  return ["--layout", layout, ...(compile ? ["--compile"] : [])];
}

function told(what: string, { ms, peakMiB, firstMs }: Measured): string {
  return `${what} ${ms.toPrecision(4)} ms, ${peakMiB?.toFixed()} MiB,` +
    ` the first ${((firstMs ?? 0) / 1000).toPrecision(3)} s`;
}

function secondsOf(measured: Measured | null): number | null {
  return measured?.firstMs === undefined ? null : measured.firstMs / 1000;
}

function differenceOf(
  ours: Measured | null,
  peer: Measured | null,
): number | null {
  const a = ours?.values?.[0], b = peer?.values?.[0];
  return a === undefined || b === undefined ? null : Math.abs(a - b) / b;
}

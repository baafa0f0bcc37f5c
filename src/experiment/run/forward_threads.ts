import { availableBytes, sizeOf, Threads, type Zyx } from "@/core/mod.ts";
import type { EngineRequest } from "@/engine/mod.ts";
import type { Forward } from "@/infer/mod.ts";
import { joinArrays } from "@/train/mod.ts";
import type { Spec } from "../spec/mod.ts";

/** A network with its weights, and what applies it: plain values. */
export interface AppliedNetwork {
  /** Says the network and what its heads learn. */
  readonly spec: Spec;
  /** The number of the head that is read. */
  readonly head: number;
  /** The trained weights end to end, `[P]`. */
  readonly weights: Float32Array;
  /** The buffers and frozen weights end to end, `[B]`. */
  readonly buffers: Float32Array;
  /** The engine, which has one thread. */
  readonly engine: Pick<EngineRequest, "engine" | "precision" | "eager">;
}

/** Tiles that a thread is to apply it to, `[tiles, D, H, W]`. */
export interface Tiles {
  readonly image: Float32Array;
  /** Extent of one. */
  readonly shapeVox: Zyx;
}

/** Bytes of a thread without its tiles: its code, its engine. */
export const bytesPerThread = 200 * 2 ** 20;

/** Tiles that a thread has to have before its start is worth it. */
const leastTiles = 16;

/**
 * How many threads are to apply a network, each to tiles of its own: no more than
 * are asked for, than half of the memory holds, or than there is work for.
 */
export function threadsFor(
  { tiles, threads, tileBytes }: {
    /** All tiles of the volume. */
    readonly tiles: number;
    /** As asked for; 0 means one per core. */
    readonly threads: number;
    /** Bytes that the network takes for the tiles of one call. */
    readonly tileBytes: number;
  },
  available = availableBytes(),
): number {
  const most = threads || navigator.hardwareConcurrency;
  const fitting = Math.floor(available / 2 / (bytesPerThread + tileBytes));
  return Math.max(1, Math.min(most, fitting, Math.floor(tiles / leastTiles)));
}

/**
 * A network applied by several threads, each with an engine of its own that has
 * one: a processor's cores stay busy with small tiles, which operations that
 * share each tile among cores do not achieve. What is said is the same, to the
 * bit.
 */
export class ForwardThreads implements AsyncDisposable {
  readonly #count: number;
  readonly #threads: Threads<AppliedNetwork, Tiles, Float32Array>;

  /** Starts the threads; what they cannot do is said to the first tile. */
  constructor(network: AppliedNetwork, count: number) {
    this.#count = count;
    this.#threads = new Threads({
      start: () =>
        new Worker(new URL("./_forward_worker.ts", import.meta.url), {
          type: "module",
          name: "cleft-forward",
        }),
      ...{ count, task: network, doing: "predict a tile" },
    });
  }

  /** Applies the network to tiles, divided among the threads. */
  readonly forward: Forward = async (image, shapeVox) => {
    const size = sizeOf(shapeVox), tiles = image.length / size;
    const share = size * Math.ceil(tiles / this.#count);
    const parts = Array.from(
      { length: Math.ceil(image.length / share) },
      (_, i) => image.slice(i * share, (i + 1) * share),
    );
    return joinArrays(
      await Promise.all(
        parts.map((part) =>
          this.#threads.ask({ image: part, shapeVox }, [part.buffer])
        ),
      ),
    );
  };

  /** Ends the threads: those at work in the middle of it, others in good order. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#threads[Symbol.asyncDispose]();
  }
}

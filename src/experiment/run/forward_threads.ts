import { availableBytes, errorOf, sizeOf, type Zyx } from "@/core/mod.ts";
import type { Forward } from "@/infer/mod.ts";
import type { Answer, AppliedNetwork, Request } from "./_forward_message.ts";

export type { AppliedNetwork } from "./_forward_message.ts";

/** Bytes of a thread without its tiles: its code, its engine. */
export const bytesPerThread = 209_715_200;

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

/** A thread, and the number of answers it still owes. */
interface Thread {
  readonly worker: Worker;
  readonly ended: PromiseWithResolvers<void>;
  owes: number;
}

/**
 * A network applied by several threads, each with an engine of its own that has
 * one: a processor's cores stay busy with small tiles, which operations that
 * share each tile among cores do not achieve. What is said is the same, to the
 * bit.
 */
export class ForwardThreads implements AsyncDisposable {
  readonly #threads: readonly Thread[];
  readonly #pending = new Map<number, PromiseWithResolvers<Float32Array>>();
  #broken: Error | undefined;
  #serial = 0;

  /** Starts the threads; what they cannot do is said to the first tile. */
  constructor(network: AppliedNetwork, count: number) {
    this.#threads = Array.from({ length: count }, () => this.#start(network));
  }

  /** Applies the network to tiles, divided among the threads. */
  readonly forward: Forward = async (image, shapeVox) => {
    const size = sizeOf(shapeVox), tiles = image.length / size;
    const share = size * Math.ceil(tiles / this.#threads.length);
    const parts = Array.from(
      { length: Math.ceil(image.length / share) },
      (_, i) => this.#ask(image.slice(i * share, (i + 1) * share), shapeVox),
    );
    return joined(await Promise.all(parts));
  };

  #start(network: AppliedNetwork): Thread {
    const worker = new Worker(
      new URL("./_forward_worker.ts", import.meta.url),
      {
        type: "module",
        name: "cleft-forward",
      },
    );
    const ended = Promise.withResolvers<void>();
    const thread: Thread = { worker, ended, owes: 0 };
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ("ended" in data) return ended.resolve();
      thread.owes--;
      const answer = this.#pending.get(data.id);
      this.#pending.delete(data.id);
      if ("said" in data) answer?.resolve(data.said);
      else answer?.reject(errorOf(data.fault, "predict a tile"));
    };
    worker.onerror = (event) => {
      event.preventDefault(); // or it would end the process
      this.#break(new Error(`Cannot predict a tile: ${event.message}`));
    };
    worker.postMessage({ network } satisfies Request);
    return thread;
  }

  #ask(image: Float32Array<ArrayBuffer>, shapeVox: Zyx): Promise<Float32Array> {
    if (this.#broken) return Promise.reject(this.#broken);
    const answer = Promise.withResolvers<Float32Array>();
    const id = this.#serial++;
    this.#pending.set(id, answer);
    const thread = this.#threads.reduce((a, b) => b.owes < a.owes ? b : a);
    thread.owes++;
    thread.worker.postMessage(
      { id, image, shapeVox } satisfies Request,
      [image.buffer],
    );
    return answer.promise;
  }

  #break(error: Error): void {
    this.#broken ??= error;
    for (const { reject } of this.#pending.values()) reject(error);
    for (const { ended } of this.#threads) ended.resolve();
    this.#pending.clear();
  }

  /** Ends the threads: those at work in the middle of it, others in good order. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#pending.size === 0 && !this.#broken) {
      for (const { worker } of this.#threads) {
        worker.postMessage({ end: true } satisfies Request);
      }
      await Promise.all(this.#threads.map(({ ended }) => ended.promise));
    }
    for (const { worker } of this.#threads) worker.terminate();
    this.#break(new Error("The threads that predict were ended"));
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const all = new Float32Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

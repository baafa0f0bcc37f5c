import { sizeOf, type Zyx } from "@/core/mod.ts";
import type { Forward } from "./forward.ts";

/** A tile that waits for the others of its batch. */
interface Waiting {
  readonly image: Float32Array;
  readonly answer: PromiseWithResolvers<Float32Array>;
}

/**
 * A forward for `count` tiles that are looked at side by side: when each has
 * asked, all go to the network at once, in the order of asking, with empty tiles
 * up to `batch` so that its shape is always the same.
 */
export function inStep(
  forward: Forward,
  { count, batch }: { readonly count: number; readonly batch: number },
): Forward {
  if (batch === 1) return forward;
  let waiting: Waiting[] = [];
  return (image, shapeVox) => {
    const answer = Promise.withResolvers<Float32Array>();
    waiting.push({ image, answer });
    if (waiting.length === count) {
      const all = waiting;
      waiting = [];
      send(all, shapeVox).catch((error) => {
        for (const one of all) one.answer.reject(error);
      });
    }
    return answer.promise;
  };

  async function send(all: readonly Waiting[], shapeVox: Zyx): Promise<void> {
    const size = sizeOf(shapeVox);
    const images = new Float32Array(batch * size);
    all.forEach(({ image }, i) => images.set(image, i * size));
    const said = await forward(images, shapeVox), length = said.length / batch;
    all.forEach(({ answer }, i) =>
      answer.resolve(said.slice(i * length, (i + 1) * length))
    );
  }
}

/// <reference lib="deno.worker" />
import { openRng } from "@/core/mod.ts";
import type { Resource } from "@/data/mod.ts";
import { applyOnce, build, hashOf } from "./augmentations.ts";

/** Applies an augmentation in this thread, and answers with a hash of the result. */
self.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
  const { type, address, resource } = data;
  const plain = build(type, {});
  const augmentation = resource ? plain.needs!.with(resource) : plain;
  const { after } = applyOnce(
    augmentation,
    { shapeVox: [4, 16, 16] },
    openRng(3).at(...address),
  );
  self.postMessage(hashOf(after));
};

/** What to apply. */
export interface WorkerRequest {
  /** The augmentation, with its defaults. */
  readonly type: string;
  /** The stream it draws from, below seed 3. */
  readonly address: readonly (string | number)[];
  /** What it has read, if it reads. */
  readonly resource?: Resource;
}

import { ExperimentError, type Volume } from "@/core/mod.ts";
import {
  openPlan,
  openShared,
  shareVolume,
  type StreamPlan,
} from "@/data/mod.ts";
import type { RunInput } from "@/record/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { patchOf } from "./session.ts";
import type { Volumes } from "./volumes.ts";

/** What a run works on, all of it in memory. */
export interface RunData {
  /** What training samples are made of, and how. */
  readonly stream: StreamPlan;
  /** What the network is measured on. */
  readonly measured: Readonly<
    Record<"validation" | "test", readonly Volume[]>
  >;
  /** The files behind it, each with its roles. */
  readonly inputs: readonly RunInput[];
}

/**
 * Reads the regions of an experiment once, so that whatever is wrong with them
 * is known before a run begins, and no change of a file can reach it later.
 *
 * @throws {ExperimentError} If one is damaged or has no labels, or no sample
 * can be made of the training data.
 */
export function loadData(spec: Spec, { bySplit, inputs }: Volumes): RunData {
  const measuredOf = (split: "validation" | "test") =>
    bySplit[split].map((volume, i) => {
      if (volume.hasLabels) return openShared(shareVolume(volume));
      throw new ExperimentError(
        "Cannot measure on a volume that has no cleft labels",
        {
          where: `data.${split}[${i}] "${volume.name}"`,
          fix: "Name a labelled volume; deno task predict needs no labels",
        },
      );
    });
  const stream: StreamPlan = {
    seed: spec.seed,
    volumes: bySplit.train.map((volume) => shareVolume(volume)),
    sampler: spec.sampler,
    augment: spec.augment,
    target: spec.target,
    heads: spec.heads.map(({ target }) => target),
    patchVox: patchOf(spec),
    batch: spec.train.batch,
    workers: spec.train.workers,
    ahead: spec.train.ahead,
  };
  openPlan(stream); // refuses what the workers would refuse
  return {
    stream,
    measured: {
      validation: measuredOf("validation"),
      test: measuredOf("test"),
    },
    inputs,
  };
}

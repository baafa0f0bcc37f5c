import { ExperimentError } from "@/core/mod.ts";
import { type DataPlace, openSource } from "../run/volumes.ts";
import type { Spec } from "../spec/mod.ts";

/**
 * Opens the volumes that an experiment hands in, so that what is wrong with them
 * is known before it trains.
 *
 * @throws {ExperimentError} If nothing would say what is cleft in them, or one
 * cannot be read or aligned.
 */
export async function checkSubmission(
  { submission, data }: Pick<Spec, "submission" | "data">,
  place: DataPlace,
): Promise<void> {
  if (!submission) return;
  if (data.validation.length === 0) {
    throw new ExperimentError(
      "Cannot hand in clefts: nothing would say from which probability on a " +
        "voxel is cleft",
      {
        where: "submission",
        fix: "Add a volume to data.validation, which chooses it",
      },
    );
  }
  for (const [i, { source }] of submission.volumes.entries()) {
    const where = `submission.volumes[${i}]`;
    using _ = await openSource(source, {
      ...place,
      where,
      withoutLabels: true, // a network needs none
    });
  }
}

import { ExperimentError } from "@/core/mod.ts";
import type { Finding } from "../plan/mod.ts";
import { type DataPlace, openSource } from "../run/volumes.ts";
import type { Spec } from "../spec/mod.ts";
import type { SubmissionVolumes } from "../spec/submission_schema.ts";

/** What is known of a volume to hand in before it is predicted. */
export interface SeenVolume {
  /** What is unusual about it, a sentence each. */
  readonly notes: readonly string[];
  /** Hashes of the files behind it, in one text. */
  readonly files: string;
}

/**
 * Opens the volumes that an experiment hands in, so that what is wrong with them
 * is known before it trains. Gives what is unusual about them.
 *
 * @throws {ExperimentError} If nothing would say what is cleft in them, or one
 * cannot be read or aligned.
 */
export async function checkSubmission(
  { submission, data }: Pick<Spec, "submission" | "data">,
  place: DataPlace,
): Promise<readonly Finding[]> {
  if (!submission) return [];
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
  const seen = await seeVolumes(submission.volumes, place);
  return seen.flatMap(({ notes }) =>
    notes.map((text) => ({ level: "note", text } as const))
  );
}

/**
 * Looks at volumes to hand in.
 *
 * @throws {ExperimentError} If one cannot be read or aligned.
 */
export async function seeVolumes(
  volumes: SubmissionVolumes,
  place: DataPlace,
): Promise<readonly SeenVolume[]> {
  const seen: SeenVolume[] = [];
  for (const [i, { source, file }] of volumes.entries()) {
    using volume = await openSource(source, {
      ...place,
      where: `submission.volumes[${i}]`,
      withoutLabels: true, // a network needs none
    });
    seen.push({
      notes: (volume.notes ?? []).map((note) => `${file}: ${note}`),
      files: hashesOf(volume.inputs),
    });
  }
  return seen;
}

/** Hashes of files, in one text. */
export function hashesOf(
  inputs: readonly { readonly sha256: string }[],
): string {
  return inputs.map(({ sha256 }) => sha256).join(" ");
}

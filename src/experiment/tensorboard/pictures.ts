import type { EvaluationRecord, Records, Run } from "@/record/mod.ts";
import type { Picture } from "./event.ts";

/** A picture, and the step of the weights that it is of. */
export interface StepPicture extends Picture {
  /** The training step. */
  readonly step: number;
}

/**
 * The pictures of a run's evaluations, by name; of one whose evaluation says no
 * step, `lastStep`.
 *
 * @throws {ExperimentError} If one is missing or damaged.
 */
export function* picturesOf(
  records: Records,
  { id, lastStep }: Pick<Run, "id"> & { readonly lastStep: number },
): Iterable<StepPicture> {
  const artifacts = records.artifacts(id);
  const steps = new Map(
    artifacts.filter(({ name }) => /^evaluation\/[^/]+\/.*\.json$/.test(name))
      .map(({ name }) => {
        const text = new TextDecoder().decode(records.artifact(id, name));
        const { step } = JSON.parse(text) as Partial<EvaluationRecord>;
        return [name.replace(/json$/, ""), step] as const;
      }),
  );
  for (const { name, mediaType } of artifacts) {
    if (mediaType !== "image/png") continue;
    const [volume] = /^evaluation\/[^/]+\/.*(?=\/\d+\/[^/]+$)/.exec(name) ?? [];
    const step = steps.get(`${volume}.`) ?? lastStep;
    const tag = name.replace(/\.png$/, "");
    yield { tag, png: records.artifact(id, name), step };
  }
}

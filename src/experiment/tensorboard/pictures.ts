import {
  type EvaluationRecord,
  type Records,
  type Run,
  sectionsFolder,
} from "@/record/mod.ts";
import type { Picture } from "./event.ts";

/** A picture, and the step of the weights that it is of. */
export interface StepPicture extends Picture {
  /** The training step. */
  readonly step: number;
}

/** Volumes are pictured as they are evaluated, and on the way to that. */
const folders = `(?:evaluation|${sectionsFolder})`;
const recordName = new RegExp(`^${folders}/[^/]+/.*\\.json$`);
const volumeName = new RegExp(`^${folders}/[^/]+/.*(?=/\\d+/[^/]+$)`);

/**
 * The pictures of a run, by name, at the step that the record of their volume says;
 * those without one at `lastStep`.
 *
 * @throws {ExperimentError} If one is missing or damaged.
 */
export function* picturesOf(
  records: Records,
  { id, lastStep }: Pick<Run, "id"> & { readonly lastStep: number },
): Iterable<StepPicture> {
  const artifacts = records.artifacts(id);
  const steps = new Map(
    artifacts.filter(({ name }) => recordName.test(name))
      .map(({ name }) => {
        const text = new TextDecoder().decode(records.artifact(id, name));
        const { step } = JSON.parse(text) as Partial<EvaluationRecord>;
        return [name.replace(/json$/, ""), step] as const;
      }),
  );
  for (const { name, mediaType } of artifacts) {
    if (mediaType !== "image/png") continue;
    const [volume] = volumeName.exec(name) ?? [];
    const step = steps.get(`${volume}.`) ?? lastStep;
    const tag = name.replace(/\.png$/, "");
    yield { tag, png: records.artifact(id, name), step };
  }
}

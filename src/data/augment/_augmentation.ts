import type * as z from "zod";
import type {
  Component,
  InputFile,
  Rng,
  Sample,
  Volume,
  Zyx,
} from "@/core/mod.ts";
import type { SourceContext } from "../source/mod.ts";

/**
 * A random change of a sample, in two halves: `draw` decides what to do from a
 * stream and a shape alone, `apply` does it. So what was drawn can be recorded
 * and done again, and says how much context to read before anything is read.
 */
export interface Augmentation<Parameters = unknown> {
  /** Why it cannot work on patches of this shape, as one sentence; else nothing. */
  check?(shapeVox: Zyx): string | undefined;
  /** What to do to a patch of `shapeVox`: a plain value that survives JSON. */
  draw(shapeVox: Zyx, rng: Rng): Parameters;
  /**
   * Voxels of context that `apply` wants on each side of a patch of `shapeVox`;
   * none by default. `apply` then gets a sample that much larger on each side
   * and returns one of `shapeVox`.
   */
  marginVox?(shapeVox: Zyx, parameters: Parameters): Zyx;
  /**
   * Matches what `apply` can do to a patch of `shapeVox`: checks parameters that
   * come from elsewhere, the lengths that go with the shape too.
   */
  schema(shapeVox: Zyx): z.ZodType<Parameters>;
  /** Does what was drawn; the sample it gets stays as it was. */
  apply(sample: Sample, parameters: Parameters): Sample;
  /** What it reads when a run begins, if it needs more than the sample. */
  readonly needs?: Needs<Parameters>;
}

/** How an augmentation comes by what it needs besides the sample. */
export interface Needs<Parameters = unknown> {
  /**
   * Reads it, once for a run.
   *
   * @throws {ExperimentError} If it is missing, damaged or does not fit.
   */
  load(context: ResourceContext): Promise<Resource>;
  /** The same augmentation with it; workers call it with a structured clone. */
  with(resource: Resource): Augmentation<Parameters>;
}

/** What there is to read from. */
export interface ResourceContext extends SourceContext {
  /** The training volumes. */
  readonly volumes: readonly Volume[];
}

/**
 * What an augmentation has read: plain data that survives a structured clone,
 * large arrays in SharedArrayBuffers.
 */
export interface Resource {
  /** The files it comes from, recorded with the run. */
  readonly inputs: readonly InputFile[];
}

/** Defines an augmentation: its name, its options and its factory in one place. */
export function defineAugmentation<Shape extends z.ZodRawShape, Parameters>(
  definition: Component<Augmentation<Parameters>, Shape>,
): Component<Augmentation<Parameters>, Shape> {
  return definition;
}

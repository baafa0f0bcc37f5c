/**
 * Augmentations: random changes of training samples.
 *
 * @module
 */
import { type Catalog, catalog, fraction } from "@/core/mod.ts";
import type {
  Augmentation,
  Needs,
  Resource,
  ResourceContext,
} from "./_augmentation.ts";
import { affine } from "./affine.ts";
import { barrel } from "./barrel.ts";
import { composeOf } from "./compose.ts";
import { elastic } from "./elastic.ts";
import { fold } from "./fold.ts";
import { grey } from "./grey.ts";
import { gridDistortion } from "./grid_distortion.ts";
import { intensity } from "./intensity.ts";
import { missingPart } from "./missing_part.ts";
import { perspective } from "./perspective.ts";
import { piecewiseAffine } from "./piecewise_affine.ts";
import { sectionDrop } from "./section_drop.ts";
import { simard } from "./simard.ts";
import { simple } from "./simple.ts";

export { type Chain, openChain, type StepRecord } from "./chain.ts";
export type { Augmentation, Needs, Resource, ResourceContext };

const common = {
  p: fraction(1, "chance that a sample is changed at all"),
};

/** Those that are made of nothing but themselves. */
const single = catalog<Augmentation>("augmentation", [
  simple,
  elastic,
  affine,
  simard,
  perspective,
  piecewiseAffine,
  gridDistortion,
  barrel,
  grey,
  intensity,
  fold,
  missingPart,
  sectionDrop,
], common);

/** Every augmentation an experiment can name. */
export const augmentations: Catalog<Augmentation> = catalog<Augmentation>(
  "augmentation",
  [...single.components, composeOf(single)],
  common,
);

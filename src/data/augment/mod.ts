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
import { type ArtifactSource, artifactSourcesOf } from "./artifact/mod.ts";
import { affine } from "./affine.ts";
import { barrel } from "./barrel.ts";
import { blur } from "./blur.ts";
import { clahe } from "./clahe.ts";
import { composeOf } from "./compose.ts";
import { cutBlur } from "./cut_blur.ts";
import { cutNoise } from "./cut_noise.ts";
import { cutout } from "./cutout.ts";
import { defectOf } from "./defect.ts";
import { elastic } from "./elastic.ts";
import { emboss } from "./emboss.ts";
import { fold } from "./fold.ts";
import { gamma } from "./gamma.ts";
import { grey } from "./grey.ts";
import { gridDistortion } from "./grid_distortion.ts";
import { intensity } from "./intensity.ts";
import { invert } from "./invert.ts";
import { lowResolution } from "./low_resolution.ts";
import { medianBlur } from "./median_blur.ts";
import { missingPart } from "./missing_part.ts";
import { motionBlur } from "./motion_blur.ts";
import { noise } from "./noise.ts";
import { perspective } from "./perspective.ts";
import { piecewiseAffine } from "./piecewise_affine.ts";
import { sectionDrop } from "./section_drop.ts";
import { sharpen } from "./sharpen.ts";
import { simard } from "./simard.ts";
import { simple } from "./simple.ts";
import { superpixels } from "./superpixels.ts";

export { type Chain, openChain, type StepRecord } from "./chain.ts";
export type {
  ArtifactSheets,
  ArtifactSource,
  ArtifactStack,
} from "./artifact/mod.ts";
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
  gamma,
  invert,
  noise,
  blur,
  medianBlur,
  motionBlur,
  sharpen,
  emboss,
  clahe,
  superpixels,
  lowResolution,
  fold,
  missingPart,
  sectionDrop,
  cutout,
  cutNoise,
  cutBlur,
], common);

/** Where the artifacts that `defect` blends into sections can come from. */
export const artifactSources: Catalog<ArtifactSource> = artifactSourcesOf(
  single,
);

/** Those, and the one that can use them on its artifacts. */
const members = catalog<Augmentation>(
  "augmentation",
  [...single.components, defectOf(artifactSources, single)],
  common,
);

/** Every augmentation an experiment can name. */
export const augmentations: Catalog<Augmentation> = catalog<Augmentation>(
  "augmentation",
  [...members.components, composeOf(members)],
  common,
);

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
import { elastic } from "./elastic.ts";
import { grey } from "./grey.ts";
import { intensity } from "./intensity.ts";
import { simple } from "./simple.ts";

export type { Augmentation, Needs, Resource, ResourceContext };

/** Every augmentation an experiment can name. */
export const augmentations: Catalog<Augmentation> = catalog<Augmentation>(
  "augmentation",
  [
    simple,
    elastic,
    grey,
    intensity,
  ],
  { p: fraction(1, "chance that a sample is changed at all") },
);

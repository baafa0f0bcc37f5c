import { type Catalog, catalog } from "@/core/mod.ts";
import type { Step } from "./_step.ts";
import { components } from "./components.ts";
import { fill } from "./fill.ts";
import { hysteresis } from "./hysteresis.ts";
import { prune } from "./prune.ts";
import { sectionSize } from "./section_size.ts";
import { sections } from "./sections.ts";
import { size } from "./size.ts";
import { smooth } from "./smooth.ts";
import { threshold } from "./threshold.ts";

/** Every step of post-processing that an experiment can name. */
export const steps: Catalog<Step> = catalog("post-processing step", [
  smooth,
  threshold,
  hysteresis,
  components,
  fill,
  sectionSize,
  size,
  sections,
  prune,
]);

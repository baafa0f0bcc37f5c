/**
 * How overlapping tiles become one prediction.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Blend } from "./_blend.ts";
import { bump } from "./bump.ts";
import { constant } from "./constant.ts";
import { gaussian } from "./gaussian.ts";
import { ramp } from "./ramp.ts";

export type { Blend } from "./_blend.ts";

/** Every blend an experiment can name. */
export const blends: Catalog<Blend> = catalog("blend", [
  ramp,
  gaussian,
  bump,
  constant,
]);

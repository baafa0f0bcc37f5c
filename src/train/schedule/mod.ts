/**
 * Schedules of the learning rate.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Schedule } from "./_schedule.ts";
import { constant } from "./constant.ts";
import { cosine } from "./cosine.ts";
import { oneCycle } from "./one_cycle.ts";
import { plateau } from "./plateau.ts";
import { polynomial } from "./polynomial.ts";
import { step } from "./step.ts";

export type { Schedule };

/** Every schedule an experiment can name. */
export const schedules: Catalog<Schedule> = catalog("schedule", [
  constant,
  polynomial,
  cosine,
  step,
  plateau,
  oneCycle,
]);

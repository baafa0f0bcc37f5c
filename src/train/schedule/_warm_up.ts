import type * as z from "zod";
import { fraction } from "@/core/mod.ts";
import type { Schedule } from "./_schedule.ts";

/** The option of schedules that can begin with a warm-up. */
export function warmUpOption(byDefault = 0): z.ZodDefault<z.ZodNumber> {
  return fraction(
    byDefault,
    "share of the steps that rise linearly to the full rate; the rest follows after",
  );
}

/**
 * A linear rise over a share of the steps (Goyal et al. 2017), then a course
 * over those that remain.
 */
export function afterWarmUp(warmUp: number, course: Schedule): Schedule {
  return (step, total, validations) => {
    const rising = Math.round(warmUp * total);
    return step <= rising
      ? step / (rising + 1)
      : course(step - rising, total - rising, validations);
  };
}

import { fraction, nonNegative, whole } from "@/core/mod.ts";
import { risingScore, watchOption } from "../watch.ts";
import { defineSchedule } from "./_schedule.ts";
import { afterWarmUp, warmUpOption } from "./_warm_up.ts";

/**
 * Falls when validations stop getting better. Step for step what torch's
 * ReduceLROnPlateau does with an absolute threshold; a validation that leaves
 * the number undefined is none that is better.
 */
export const plateau = defineSchedule({
  name: "plateau",
  summary: "Falls when validations stop getting better",
  options: {
    metric: watchOption(),
    patience: whole(3, "validations without a better one that it puts up with"),
    minDelta: nonNegative(0, "by how much a better one is better, at least"),
    cooldown: whole(0, "validations after a fall that are not counted"),
    factor: fraction(0.1, "what is left of the rate after a fall"),
    floor: fraction(0, "factor below which it does not fall"),
    warmUp: warmUpOption(),
  },
  create({ metric, patience, minDelta, cooldown, factor, floor, warmUp }) {
    const course = afterWarmUp(warmUp, (_step, _total, validations) => {
      let rate = 1, best = -Infinity, waited = 0, cooling = 0;
      for (const validation of validations) {
        const score = risingScore(validation, metric!);
        if (score > best + minDelta) [best, waited] = [score, 0];
        else waited++;
        if (cooling > 0) [cooling, waited] = [cooling - 1, 0];
        if (waited <= patience) continue;
        rate = Math.max(floor, rate * factor);
        [cooling, waited] = [cooldown, 0];
      }
      return rate;
    });
    return Object.assign(course, { watches: metric! });
  },
});

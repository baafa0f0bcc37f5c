import { choice, flag, fraction } from "@/core/mod.ts";
import { defineSchedule } from "./_schedule.ts";

/**
 * Up to the full rate and down again (Smith and Topin 2018). Step for step what
 * torch's OneCycleLR does with the rate; the momentum stays as it is.
 */
export const oneCycle = defineSchedule({
  name: "oneCycle",
  summary: "Rises to the full rate, then falls far below where it began",
  options: {
    rise: fraction(0.3, "share of the steps that rise"),
    start: fraction(0.04, "factor at the first step"),
    end: fraction(4e-6, "factor at the last step"),
    shape: choice(["cosine", "linear"], "cosine", "how it rises and falls"),
    threePhase: flag(
      false,
      "falls to the start as steeply as it rose, then to the end",
    ),
  },
  create: ({ rise, start, end, shape, threePhase }) => (step, total) => {
    const top = rise * total - 1;
    const phases = [
      { until: top, from: start, to: 1 },
      ...(threePhase ? [{ until: 2 * top, from: 1, to: start }] : []),
      { until: total - 1, from: threePhase ? start : 1, to: end },
    ];
    const at = step - 1;
    const found = phases.findIndex(({ until }) => at <= until);
    const phase = phases.at(found)!;
    const since = found === 0 ? 0 : phases.at(found - 1)!.until;
    const length = phase.until - since;
    const done = length > 0 ? (at - since) / length : 1;
    return shape === "linear"
      ? phase.from + (phase.to - phase.from) * done
      : phase.to + (phase.from - phase.to) * (1 + Math.cos(Math.PI * done)) / 2;
  },
});

import { fraction } from "@/core/mod.ts";
import { defineSchedule } from "./_schedule.ts";

/** Half a cosine to `floor` after a linear warm-up (Loshchilov and Hutter 2017). */
export const cosine = defineSchedule({
  name: "cosine",
  summary: "Warms up, then falls along half a cosine",
  options: {
    warmUp: fraction(0.05, "share of the steps that rise to the full rate"),
    floor: fraction(0, "factor at the end"),
  },
  create: ({ warmUp, floor }) => (step, total) => {
    const rising = Math.round(warmUp * total);
    if (step <= rising) return step / (rising + 1);
    const done = (step - 1 - rising) / Math.max(1, total - rising);
    return floor + (1 - floor) * (1 + Math.cos(Math.PI * done)) / 2;
  },
});

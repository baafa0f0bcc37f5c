import { drawNetwork } from "@/report/mod.ts";
import type { Plan } from "./plan.ts";

/** The network of a plan as an SVG file: shapes, parameters, what each stop sees. */
export function drawPlan({ spec, shapes }: Plan): string {
  return drawNetwork({
    title: `${spec.name}: ${spec.model.type}`,
    patchVox: spec.sampler.patchVox as [number, number, number],
    stops: shapes,
  });
}

import { type AlignedFrame, alignedFrame } from "./frame.ts";
import { centreOf, placesOfSteps, readShiftTable } from "./shifts.ts";

/** Where the winners' shift tables are; undefined without test data. */
export const data = Deno.env.get("CLEFT_DATA");

/** The volumes of the challenge. */
export const cremiSamples = ["A", "B", "C", "A+", "B+", "C+"] as const;

/** The frame of a padded volume of the challenge, by its winners' shifts. */
export function cremiFrame(
  name: typeof cremiSamples[number],
  rounding: "away" | "even" = "away",
): AlignedFrame {
  const where = `${data}/cremi_align/trans_${name}_v2.txt`;
  const steps = readShiftTable(Deno.readTextFileSync(where), {
    columns: "xy",
    where,
  });
  return alignedFrame({
    sourceVox: [201, 3072, 3072],
    block: { startVox: [38, 911, 911], shapeVox: [125, 1250, 1250] },
    firstSection: 24,
    places: placesOfSteps(steps, centreOf(steps.length)),
    marginVox: [200, 200],
    rounding,
    where,
  });
}

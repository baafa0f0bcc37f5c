import type { Volume } from "@/core/mod.ts";
import { type PartnerScore, scorePartners } from "@/partner/mod.ts";
import type { Recorder, Split } from "@/record/mod.ts";
import { candidatesOf } from "../partners/candidates_in.ts";
import type { Spec } from "../spec/mod.ts";
import type { Predicted } from "./evaluate.ts";
import { bestPrefix, scorePoints } from "./recording.ts";
import { truePairs } from "./true_pairs.ts";

/** What is recorded of the partners of a volume. */
export interface ScoredVolume extends PartnerScore {
  /** What the volume is for. */
  readonly split: Split;
  /** Its name. */
  readonly volume: string;
  /** The step whose weights found them. */
  readonly step: number;
  /** True pairs. */
  readonly truth: number;
  /** Found pairs. */
  readonly found: number;
}

/** Whether partners can be scored in a volume. */
export function hasKnownPartners({ partners, neurons }: Volume): boolean {
  return partners !== undefined && neurons !== undefined;
}

/**
 * Finds the partners of volumes by the polarity that the network said of them, and
 * records how well: for each volume as `partners/<split>/<volume>.json`, and the
 * means. Gives a line about them; null where none are asked for or known.
 */
export function measurePartners(
  predicted: readonly Pick<Predicted, "volume" | "polarity">[],
  { spec, recorder, split, step }: {
    readonly spec: Pick<Spec, "evaluate">;
    readonly recorder: {
      readonly recorder: Pick<Recorder, "artifact">;
      metrics(points: ReturnType<typeof scorePoints>): void;
    };
    readonly split: Split;
    readonly step: number;
  },
): string | null {
  const { partners: plan } = spec.evaluate;
  if (!plan || !predicted.some(({ polarity }) => polarity)) return null;
  const all: ScoredVolume[] = [];
  for (const { volume, polarity } of predicted) {
    if (!polarity) continue;
    const { shapeVox, voxelNm } = volume, area = shapeVox[1] * shapeVox[2];
    const found = candidatesOf({
      grid: { shapeVox, voxelNm, offsetNm: [0, 0, 0] },
      probability: (z) => polarity.subarray(z * area, (z + 1) * area),
      neurons: volume.neurons!(),
    }, plan).filter(({ isLikely }) => isLikely);
    const truth = truePairs(volume);
    const { matches, ...scores } = scorePartners(truth, found);
    const record: ScoredVolume = {
      ...{ split, volume: volume.name, step },
      ...{ truth: truth.length, found: found.length },
      ...scores,
      matches,
    };
    recorder.recorder.artifact(
      `partners/${split}/${volume.name}.json`,
      "application/json",
      new TextEncoder().encode(JSON.stringify(record)),
    );
    all.push(record);
  }
  const scores = {
    "partners.fScore": meanOf(all.map(({ fScore }) => fScore)),
    "partners.precision": meanOf(all.map(({ precision }) => precision)),
    "partners.recall": meanOf(all.map(({ recall }) => recall)),
  };
  recorder.metrics(scorePoints(split, { step, scores, prefix: bestPrefix }));
  const sum = (key: "truth" | "found") =>
    all.reduce((total, one) => total + one[key], 0);
  const digits = (value: number | null) => value?.toFixed(3) ?? "–";
  return `${split} partners: F-score ${digits(scores["partners.fScore"])}, ` +
    `${sum("found")} found, ${sum("truth")} there`;
}

/** The mean of what is defined; null if nothing is. */
function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0
    ? null
    : known.reduce((sum, value) => sum + value, 0) / known.length;
}

import {
  canonicalJson,
  ExperimentError,
  ExperimentFaults,
  NotAtHand,
  OverwriteError,
} from "@/core/mod.ts";
import { variantText } from "@/record/mod.ts";
import type { Finding } from "../plan/mod.ts";
import { examine, withoutVolumes } from "../run/examine.ts";
import type { InitialPlace } from "../run/initial_source.ts";
import { type Judgement, together } from "../run/judgement.ts";
import { openVolumes } from "../run/volumes.ts";
import { checkSubmission } from "../submission/check.ts";
import type { MatrixVariant } from "./plan_variants.ts";

/** How the data of variants is looked at. */
export interface CheckPlace extends InitialPlace {
  /** Labels are counted only as long as no more voxels are read for it; all by default. */
  readonly mostVox?: number;
  /**
   * Whether what cannot be opened is left to the runs, as others can do without
   * it. Else it is a fault or, where it is not at hand, a finding.
   */
  readonly leavesUnopened: boolean;
}

/**
 * Looks at the data of some variants as a run does before its first step, once
 * where several have the same. Gives what was found, once.
 *
 * @throws {ExperimentFaults} If splits share voxels or hold no cleft, and the
 * experiment does not allow that; or if data cannot be opened.
 */
export async function checkVariants(
  variants: readonly MatrixVariant[],
  place: CheckPlace,
): Promise<readonly Finding[]> {
  const byData = Map.groupBy(
    variants,
    ({ plan: { spec: { data, init, evaluate, submission, sampler } } }) =>
      canonicalJson({
        ...{ data, init, allowEmpty: evaluate.allowEmpty },
        ...{ submission, patchVox: sampler.patchVox },
      }),
  );
  const faults: ExperimentError[] = [];
  const found = new Map<string, Finding>();
  for (const ofData of byData.values()) {
    const [{ values, plan: { spec } }] = ofData as [MatrixVariant];
    const more = ofData.length - 1;
    const whose = byData.size === 1
      ? ""
      : ` in ${variantText(values)}${more > 0 ? ` and ${more} more` : ""}`;
    const judged = await judge(spec, place);
    for (const one of judged.findings) found.set(one.text, one);
    for (const { message, where, fix } of judged.faults) {
      faults.push(
        new ExperimentError(message, { where: `${where}${whose}`, fix }),
      );
    }
  }
  if (faults.length > 0) throw new ExperimentFaults(faults);
  return [...found.values()];
}

async function judge(
  spec: MatrixVariant["plan"]["spec"],
  place: CheckPlace,
): Promise<Judgement> {
  try {
    using volumes = await openVolumes(spec, place);
    const judged = await examine(volumes, { ...place, spec });
    return together([judged, await judgeSubmission(spec, place)]);
  } catch (error) {
    const judged = judgementOf(error, false);
    return place.leavesUnopened ? { findings: [], faults: [] } : judged;
  }
}

/** What is handed in is known to be there before days of training, whoever asks. */
async function judgeSubmission(
  spec: MatrixVariant["plan"]["spec"],
  place: CheckPlace,
): Promise<Judgement> {
  try {
    return { findings: await checkSubmission(spec, place), faults: [] };
  } catch (error) {
    return judgementOf(error, place.leavesUnopened);
  }
}

/** An error as a fault, or as a finding where data are not at hand. */
function judgementOf(error: unknown, isRun: boolean): Judgement {
  if (error instanceof OverwriteError) throw error;
  if (!(error instanceof ExperimentError)) throw error;
  if (isRun || !(error instanceof NotAtHand)) {
    return { findings: [], faults: [error] };
  }
  const text = withoutVolumes(error);
  return { findings: [{ level: "note", text }], faults: [] };
}

import {
  canonicalJson,
  ExperimentError,
  ExperimentFaults,
  OverwriteError,
} from "@/core/mod.ts";
import { variantText } from "@/record/mod.ts";
import type { Finding } from "../plan/mod.ts";
import { examine } from "../run/examine.ts";
import type { Judgement } from "../run/judgement.ts";
import { type DataPlace, openVolumes } from "../run/volumes.ts";
import type { MatrixVariant } from "./plan_variants.ts";

/**
 * Looks at the data of some variants as a run does before its first step, once
 * where several have the same. What cannot be opened is left to their runs, as
 * others can do without it. Gives what was found, once.
 *
 * @param place.mostVox Labels are counted only as long as no more voxels are read
 * for it; all of them by default.
 * @throws {ExperimentFaults} If splits share voxels or hold no cleft, and the
 * experiment does not allow that.
 */
export async function checkVariants(
  variants: readonly MatrixVariant[],
  place: DataPlace & { readonly mostVox?: number },
): Promise<readonly Finding[]> {
  const byData = Map.groupBy(
    variants,
    ({ plan: { spec } }) =>
      canonicalJson([spec.data, spec.evaluate.allowEmpty ?? false]),
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
  place: DataPlace & { readonly mostVox?: number },
): Promise<Judgement> {
  try {
    using volumes = await openVolumes(spec, place);
    return examine(volumes, { ...place, spec });
  } catch (error) {
    if (error instanceof OverwriteError) throw error;
    if (error instanceof ExperimentError) return { findings: [], faults: [] };
    throw error;
  }
}

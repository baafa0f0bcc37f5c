import type { MatrixRecord } from "@/record/mod.ts";
import { type Matrix, matrixRecord } from "../matrix/plan_matrix.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";

/**
 * A variant as it is when its matrix ends: a trial as if it were chosen, measured
 * on the test volumes too; any other as it is.
 */
export function asChosen(
  { variants, search }: Pick<Matrix, "variants" | "search">,
  variant: MatrixVariant,
): MatrixVariant {
  const plan = search?.chosen[variants.indexOf(variant)];
  return plan ? { ...variant, plan } : variant;
}

/** A search as the records keep it, of which one trial was measured as chosen, if one was. */
export function searchRecord(
  matrix: Matrix,
  best: MatrixVariant | null | undefined,
): MatrixRecord {
  const variants = matrix.variants.map((one) =>
    one === best ? asChosen(matrix, one) : one
  );
  return matrixRecord({ ...matrix, variants });
}

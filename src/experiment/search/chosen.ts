import type { Matrix } from "../matrix/plan_matrix.ts";
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

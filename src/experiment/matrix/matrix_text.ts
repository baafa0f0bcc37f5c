import { describeCode, trialAxis, variantText } from "@/record/mod.ts";
import type { RunContext } from "../run/context.ts";
import type { Matrix } from "./plan_matrix.ts";
import type { Standing } from "./todo.ts";

/** What there is to do: `table: 12 variants of loss × seed, 3 finished, …`. */
export function headOf(
  { name, axes, variants, search }: Pick<
    Matrix,
    "name" | "axes" | "variants" | "search"
  >,
  standings: readonly Standing[],
): string {
  const states = Map.groupBy(
    standings,
    ({ run, isTrained }) =>
      run?.state ?? (isTrained ? "to measure anew" : "to run"),
  );
  const all = variants.length;
  const chosen = standings.length;
  const names = axes.map(({ name }) => name);
  const what = search
    ? `trials over ${names.filter((name) => name !== trialAxis).join(", ")}`
    : `variants of ${names.join(" × ")}`;
  return `${name}: ${chosen === all ? all : `${chosen} of ${all}`} ${what}` +
    [...states].map(([state, of]) => `, ${of.length} ${state}`).join("");
}

/** Which runs count as done, and whether the code was another. */
export function reusedText(
  standings: readonly Standing[],
  { projectFolder }: Pick<RunContext, "projectFolder">,
): readonly string[] {
  const done = standings.filter(({ run }) => run?.state === "finished");
  const now = describeCode(projectFolder);
  return done.map(({ variant, run }) => {
    const was = run!.environment;
    const isOther = was.commit !== now.commit ||
      was.dirtyDiff !== now.dirtyDiff;
    const code = was.commit?.slice(0, 7) ?? "unknown";
    return `Finished before: ${variantText(variant.values)} is ${run!.id}` +
      (isOther ? `, by other code (${code})` : "");
  });
}

import { comparedPlan } from "./difference/compared_plan.ts";
import { isDerived } from "./difference/derived.ts";

/** The most options that a name has. */
const mostOptions = 3;

/** Values that are longer than this are no name. */
const longest = 24;

/**
 * What tells plans from each other in few words, `batch 4 · p 0.5`: the options
 * that set most of them apart; nothing of plans that no option does.
 */
export function distinguished(plans: readonly string[]): string[] {
  const distinct = [...new Set(plans)];
  const flat = distinct.map(comparedPlan);
  const paths = [...new Set(flat.flatMap((plan) => [...plan.keys()]))]
    .filter((path) =>
      path !== "seed" && !isDerived(path) &&
      flat.every((plan) => (plan.get(path) ?? "").length <= longest)
    );
  const words = distinct.map((): string[] => []);
  const apart = () => new Set(words.map((one) => one.join(" · "))).size;
  for (let k = 0; k < mostOptions; k++) {
    const before = apart();
    if (before === distinct.length) break;
    const gains = paths.map((path) =>
      new Set(words.map((one, i) => JSON.stringify([one, flat[i]!.get(path)])))
        .size
    );
    const most = Math.max(...gains);
    if (most <= before) break;
    const path = paths[gains.indexOf(most)]!;
    words.forEach((one, i) => one.push(wordOf(path, flat[i]!.get(path))));
  }
  const names = new Map(
    distinct.map((plan, i) => [plan, words[i]!.join(" · ")]),
  );
  return plans.map((plan) => names.get(plan)!);
}

function wordOf(path: string, value: string | undefined): string {
  const key = path.split(".").at(-1)!;
  return value === undefined
    ? `no ${key}`
    : `${key} ${value.replace(/^"(.*)"$/, "$1")}`;
}

import { ExperimentError, nearestName } from "@/core/mod.ts";
import type { SavedSelection } from "../table/selections.ts";
import { type Test, testOf } from "./_meets.ts";
import { parseCondition } from "./condition.ts";
import type { RunSummary } from "./run_summary.ts";
import type { RunValues } from "./values.ts";

/** What is read to choose among runs. */
export interface Choosing {
  /** What names mean. */
  readonly values: RunValues;
  /** Choices that have names. */
  readonly saved: readonly SavedSelection[];
}

/**
 * The runs of some that meet a condition.
 *
 * @throws {ExperimentError} If it cannot be read, or has a name that no run has.
 */
export function runsThatMeet(
  runs: readonly RunSummary[],
  { where, ...choosing }: Choosing & { readonly where: string },
): readonly RunSummary[] {
  return runs.filter(testOfText(where, { choosing, within: [] }));
}

/** Saved conditions can name others, but none that names it. */
function testOfText(
  text: string,
  { choosing, within }: {
    readonly choosing: Choosing;
    readonly within: readonly string[];
  },
): Test {
  return testOf(parseCondition(text), {
    text,
    find: (name, where) => choosing.values.find(name, where),
    saved(name, where) {
      const { condition } = savedSelection(name, {
        saved: choosing.saved,
        where,
      });
      if (within.includes(name)) {
        throw new ExperimentError(
          `Cannot choose by "@${name}": it asks itself`,
          {
            where,
            fix: `Save another condition under that name`,
          },
        );
      }
      return condition === ""
        ? () => true
        : testOfText(condition, { choosing, within: [...within, name] });
    },
  });
}

/**
 * The choice that was saved under a name.
 *
 * @throws {ExperimentError} If there is none.
 */
export function savedSelection(
  name: string,
  { saved, where }: {
    readonly saved: readonly SavedSelection[];
    readonly where: string;
  },
): SavedSelection {
  const found = saved.find((one) => one.name === name);
  if (found) return found;
  const names = saved.map((one) => one.name);
  const near = nearestName(name, names);
  throw new ExperimentError(
    `Cannot choose by "@${name}": nothing is saved so`,
    {
      where,
      fix: near
        ? `Did you mean "@${near}"?`
        : names.length > 0
        ? `Write one of ${names.map((one) => `@${one}`).join(", ")}`
        : `Save one by: deno task list --where CONDITION --save ${name}`,
    },
  );
}

/**
 * Runs sorted by names, `-ap,experiment`: a minus sorts falling; runs that have
 * no value come last, and equals stay in their order.
 *
 * @throws {ExperimentError} For a name that no run has.
 */
export function sortedRuns(
  runs: readonly RunSummary[],
  { by, values }: { readonly by: string; readonly values: RunValues },
): readonly RunSummary[] {
  const keys = namesIn(by).map((word) => {
    const isFalling = word.startsWith("-");
    const name = word.replace(/^-/, "");
    const { of } = values.find(name, `--sort ${by}`);
    return { of, sign: isFalling ? -1 : 1 };
  });
  return runs.toSorted((a, b) => {
    for (const { of, sign } of keys) {
      const order = orderOf(of(a).flat()[0], of(b).flat()[0], sign);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** Names with commas between them. */
export function namesIn(list: string): readonly string[] {
  return list.split(",").map((name) => name.trim()).filter((name) =>
    name !== ""
  );
}

function orderOf(a: unknown, b: unknown, sign: number): number {
  const lacks = (value: unknown) =>
    value === undefined || value === null || Number.isNaN(value);
  if (lacks(a) || lacks(b)) return Number(lacks(a)) - Number(lacks(b));
  if (typeof a === "number" && typeof b === "number") {
    return sign * (a - b) || 0;
  }
  const [left, right] = [`${a}`, `${b}`];
  return left === right ? 0 : left < right ? -sign : sign;
}

import { ExperimentError, nearestName } from "@/core/mod.ts";
import type { Spec } from "../spec/spec.ts";
import { targetsOf } from "./heads.ts";

/**
 * The number of the head by which an experiment finds partners; null if it does
 * not.
 *
 * @throws {ExperimentError} If it names no head that learns polarity, or has none.
 */
export function polarityHead(spec: Spec): number | null {
  const { partners } = spec.evaluate;
  if (!partners) return null;
  const learns = targetsOf(spec).map(({ of, values }) =>
    of === "partners" && values === "distances"
  );
  const names = spec.heads.map(({ name }) => name);
  const able = names.filter((_, i) => learns[i + 1]);
  const { head = able[0] } = partners;
  if (head !== undefined && able.includes(head)) return names.indexOf(head) + 1;
  throw new ExperimentError(
    head === undefined
      ? "Cannot find partners: no head learns their polarity"
      : `Cannot find partners by the head "${head}": it does not learn polarity`,
    {
      where: `evaluate.partners${head === undefined ? "" : ".head"}`,
      fix: able.length === 0
        ? "Add a head with target: { type: polarity } to heads"
        : `Write ${nearestName(head ?? "", able) ?? able.join(" or ")}`,
    },
  );
}

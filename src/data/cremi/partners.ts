import { ExperimentError, mapZyx, type Zyx } from "@/core/mod.ts";
import type { Hdf5File } from "../hdf5/mod.ts";
import { readIds } from "./_columns.ts";
import { Faults } from "./_faults.ts";
import type { AnnotatedPoint, Annotations } from "./annotations.ts";
import { idsName, partnersName, siteTypes } from "./layout.ts";

/** A synapse: two points that are partners. */
export interface PartnerSites {
  /** The presynaptic one. */
  readonly pre: AnnotatedPoint;
  /** The postsynaptic one. */
  readonly post: AnnotatedPoint;
  /** How far they are from each other, in nanometres. */
  readonly distanceNm: number;
}

/** Pairs of points that are farther apart are outliers (techniques A9). */
export const farPairNm = 300;

/**
 * The pairs of points that the table of partners names (techniques A9).
 *
 * @throws {ExperimentFaults} If an id is of several points or of none, or pairs
 * are turned around.
 */
export function partnerSites(
  { points, partners }: Annotations,
  where: string,
): readonly PartnerSites[] {
  const faults = new Faults();
  const byId = new Map(points.map((point) => [point.id, point]));
  if (byId.size < points.length) {
    const last = new Map(points.map(({ id }, i) => [id, i]));
    const twice = points.find(({ id }, i) => last.get(id) !== i)!;
    faults.add(
      `Cannot tell points apart: ${points.length} points of "${idsName}" have ` +
        `${byId.size} ids, ${twice.id} is of several`,
      { where, fix: "Give each point an id of its own" },
    );
  }
  const unknown = partners.flatMap(({ pre, post }) =>
    [pre, post].filter((id) => !byId.has(id))
  );
  if (unknown.length > 0) faults.add(...namesNoPoint(unknown, where));
  const pairs = partners.flatMap(({ pre, post }): PartnerSites[] => {
    const a = byId.get(pre), b = byId.get(post);
    return a && b ? [{ pre: a, post: b, distanceNm: distance(a, b) }] : [];
  });
  const turned = pairs.filter(({ pre, post }) =>
    pre.type === siteTypes.post && post.type === siteTypes.pre
  );
  const others = pairs.filter((pair) =>
    !turned.includes(pair) &&
    (pair.pre.type !== siteTypes.pre || pair.post.type !== siteTypes.post)
  );
  if (turned.length > 0) {
    faults.add(
      `Cannot use "${partnersName}": pre and post are swapped in ` +
        `${turned.length} of ${partners.length} pairs, the first ${
          idsText(turned[0]!)
        }`,
      { where, fix: "Write presynaptic ids first, postsynaptic ones second" },
    );
  }
  if (others.length > 0) {
    const { pre, post } = others[0]!;
    faults.add(
      `Cannot use "${partnersName}": ${others.length} of ${partners.length} ` +
        `pairs are no pre- and postsynaptic site, the first ${
          idsText(others[0]!)
        } is of ${pre.type} and ${post.type}`,
      { where, fix: "Correct the pairs, or the types of their points" },
    );
  }
  faults.throwIfAny();
  return pairs;
}

/**
 * Fails where a file's table of partners names no point.
 *
 * @throws {ExperimentError} If an id of it is of none.
 */
export function checkPartnerIds(file: Hdf5File, where: string): void {
  if (!file.has(partnersName)) return;
  const ids = new Set(readIds(file, { name: idsName, columns: 1, where }));
  const unknown = readIds(file, { name: partnersName, columns: 2, where })
    .filter((id) => !ids.has(id));
  if (unknown.length > 0) {
    throw new ExperimentError(...namesNoPoint(unknown, where));
  }
}

/** What is said of ids of partners that are of no point. */
function namesNoPoint(ids: readonly bigint[], where: string) {
  const which = ids.length === 1
    ? `its id ${ids[0]} is of`
    : `${ids.length} of its ids, such as ${ids[0]}, are of`;
  return [`Cannot use "${partnersName}": ${which} no point of "${idsName}"`, {
    where,
    fix: "Add the points, or remove the pairs; the table holds ids, not rows",
  }] as const;
}

/** Where a point lies in nanometres, as volumes say it. */
export function placeNm(
  { locationNm }: AnnotatedPoint,
  { offsetNm }: Annotations,
): Zyx {
  return mapZyx((axis) => locationNm[axis] + offsetNm[axis]);
}

function distance(
  { locationNm: a }: AnnotatedPoint,
  b: AnnotatedPoint,
): number {
  return Math.hypot(...mapZyx((axis) => a[axis] - b.locationNm[axis]));
}

function idsText({ pre, post }: PartnerSites): string {
  return `${pre.id}, ${post.id}`;
}

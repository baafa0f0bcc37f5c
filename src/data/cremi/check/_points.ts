import { type Grid, mapZyx, type Zyx } from "@/core/mod.ts";
import type { Annotations } from "../annotations.ts";
import {
  annotationsName,
  locationsName,
  partnersName,
  siteTypes,
} from "../layout.ts";
import { farPairNm, partnerSites } from "../partners.ts";
import type { CremiLayout } from "../read_layout.ts";
import type { Inspection } from "./_inspection.ts";

/** Annotations that were found. */
export interface FoundAnnotations {
  /** Presynaptic points. */
  readonly presynaptic: number;
  /** Postsynaptic points. */
  readonly postsynaptic: number;
  /** Points of other types. */
  readonly others: number;
  /** Pairs of the table of partners. */
  readonly partners: number;
  /** Pairs of points farther apart than 300 nm; null where points are not known. */
  readonly farPartners: number | null;
  /** Comments on points. */
  readonly comments: number;
}

/** Judges the points of annotations, and what names them. */
export function inspectPoints(
  { annotations, ...layout }: CremiLayout & {
    readonly annotations: Annotations;
  },
  inspection: Inspection,
): FoundAnnotations {
  const { faults, notes, where } = inspection;
  const { points, partners, comments } = annotations;
  const count = (type: string) =>
    points.filter((point) => point.type === type).length;
  const presynaptic = count(siteTypes.pre),
    postsynaptic = count(siteTypes.post);
  const others = points.length - presynaptic - postsynaptic;
  const pairs = faults.attempt(() => partnerSites(annotations, where));
  const far = pairs?.filter(({ distanceNm }) => distanceNm > farPairNm);
  if (far && far.length > 0) {
    const { pre, post, distanceNm } = far.toSorted((a, b) =>
      b.distanceNm - a.distanceNm
    )[0]!;
    notes.push(
      `${far.length} of ${partners.length} pairs are more than ${farPairNm} nm ` +
        `apart, the farthest ${distanceNm.toFixed(0)} nm (${pre.id}, ` +
        `${post.id}): outliers, or wrong pairs`,
    );
  }
  if (others > 0) {
    const other = points.find(({ type }) =>
      !Object.values<string>(siteTypes).includes(type)
    )!;
    notes.push(
      `${others} of ${points.length} points are neither pre- nor ` +
        `postsynaptic, such as ${other.id} ("${other.type}")`,
    );
  }
  judgePartners(annotations, inspection);
  const first = layout.raw ?? layout.clefts ?? layout.neuronIds;
  if (first) {
    judgeLocations(annotations, { ...layout, grid: first.grid }, inspection);
  }
  return {
    ...{ presynaptic, postsynaptic, others, partners: partners.length },
    ...{ farPartners: far?.length ?? null, comments: comments.length },
  };
}

function judgePartners(
  { points, partners, comments }: Annotations,
  { notes }: Inspection,
): void {
  const ids = new Set(points.map(({ id }) => id));
  const paired = new Set(partners.flatMap(({ pre, post }) => [pre, post]));
  const alone = points.filter(({ id }) => !paired.has(id)).length;
  if (partners.length === 0) {
    notes.push(`No point has a partner: there is no "${partnersName}"`);
  } else if (alone > 0) {
    notes.push(`${alone} of ${points.length} points have no partner`);
  }
  const kinds = new Set(partners.map(({ pre, post }) => `${pre} ${post}`));
  if (kinds.size < partners.length) {
    notes.push(`${partners.length - kinds.size} pairs are there twice`);
  }
  const lost = comments.filter(({ targetId }) => !ids.has(targetId)).length;
  if (lost > 0) {
    notes.push(`${lost} of ${comments.length} comments are about no point`);
  }
}

/** What else locations may have been written as, by what they then are. */
type Reading = (locationNm: Zyx) => Zyx;

function judgeLocations(
  { points, offsetNm }: Annotations,
  { grid, clefts, neuronIds }:
    & Pick<CremiLayout, "clefts" | "neuronIds">
    & { readonly grid: Grid },
  { faults, notes, where }: Inspection,
): void {
  const moved = (by: Zyx): Reading => (nm) => mapZyx((a) => nm[a] + by[a]);
  const isOutside = (nm: Zyx, of: Grid = grid) =>
    nm.some((place, axis) => {
      const at = (place - of.offsetNm[axis]!) / of.voxelNm[axis]!;
      return at < -tolerance || at > of.shapeVox[axis]! + tolerance;
    });
  const outside = points.filter(({ locationNm }) =>
    isOutside(moved(offsetNm)(locationNm))
  );
  const labelled = (clefts ?? neuronIds)?.grid ?? grid;
  const labelsNm = labelled.offsetNm;
  const isElsewhere = labelsNm.some((nm, axis) => nm !== offsetNm[axis]);
  const offsets = `the attribute "offset" of "${annotationsName}" is ` +
    `${offsetNm.join(", ")}, that of the labels ${labelsNm.join(", ")}`;
  if (outside.length > 0) {
    const readings: Readonly<Record<string, Reading>> = {
      "in x, y, z": ([x, y, z]) => moved(offsetNm)([z, y, x]),
      "in voxels": (vox) =>
        moved(offsetNm)(mapZyx((a) => vox[a] * grid.voxelNm[a])),
      "counted from the labels": moved(labelsNm),
      "counted from the grey values": moved(grid.offsetNm),
    };
    const [guess] = Object.entries(readings).find(([, reading]) =>
      points.every(({ locationNm }) =>
        !isOutside(reading(locationNm))
      )
    ) ?? [];
    const { id, locationNm } = outside[0]!;
    faults.add(
      `Cannot use "${locationsName}": ${outside.length} of ${points.length} ` +
        `points lie outside of the volume, the first ${id} at ${
          moved(offsetNm)(locationNm).join(", ")
        } nm${guess ? `, as if written ${guess}` : ""}`,
      {
        where,
        fix: guess?.startsWith("counted")
          ? `Correct where they count from: ${offsets}`
          : "Write z, y and x in nanometres, counted from the attribute " +
            `"offset" of "${annotationsName}"`,
      },
    );
  } else if (points.length > 0 && isElsewhere) {
    notes.push(`Points and labels count from different places: ${offsets}`);
  }
  const beyond =
    points.filter(({ locationNm }) =>
      isOutside(moved(offsetNm)(locationNm), labelled)
    ).length - outside.length;
  if (beyond > 0) {
    notes.push(
      `${beyond} of ${points.length} points lie beyond what is labelled`,
    );
  }
  const isLow = points.every(({ locationNm }) =>
    locationNm.every((place, axis) => place < grid.shapeVox[axis]!)
  );
  const { voxelNm } = grid;
  if (points.length >= fewPoints && isLow && voxelNm.every((nm) => nm > 1)) {
    notes.push(
      `All ${points.length} points lie within the first ${
        mapZyx((a) => grid.shapeVox[a]).join(" × ")
      } nm: see that they are in nanometres, not in voxels`,
    );
  }
}

/** Rounding moves a point by less than this part of a voxel. */
const tolerance = 1e-6;

/** So many points hardly lie in a corner by chance. */
const fewPoints = 10;

import {
  arenaArray,
  enterArena,
  linearAt,
  nearestVoxels,
  type PlaceArrays,
  type Sample,
  sizeOf,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { mirrorsLabels, type Outside } from "./_outside.ts";

type Traced = Pick<Sample, "partners">;

/**
 * The partners of a sample whose voxels moved, if it has them: `move` does to
 * `[D, H, W]` values what was done to its labels.
 */
export function tracedBy(
  { partners }: Sample,
  move: (values: Float32Array) => Float32Array,
): Traced {
  if (!partners) return {};
  const { z, y, x } = partners.from;
  return {
    partners: { ...partners, from: { z: move(z), y: move(y), x: move(x) } },
  };
}

/** The same for a sample that is read anew, section by section. */
export interface Trace {
  /** Reads a section where its labels are read, in voxels of the sample. */
  read(section: number, at: PlaceArrays): void;
  /** The partners of the result. */
  readonly traced: Traced;
}

/**
 * Begins to read a sample into one of `shapeVox`; in an arena. Voxels that come
 * from beyond the volume come from nowhere, NaN, where labels are made up there.
 */
export function openTrace(
  { partners, ...sample }: Sample,
  { shapeVox, labels }: { readonly shapeVox: Zyx; readonly labels: Outside },
): Trace {
  if (!partners) return { read() {}, traced: {} };
  const area = shapeVox[1] * shapeVox[2];
  const all = { shapeVox: sample.shapeVox, inside: wholeBox(sample.shapeVox) };
  const axes = (["z", "y", "x"] as const).map((axis) => ({
    from: enterArena(partners.from[axis]),
    to: arenaArray(Float32Array, sizeOf(shapeVox)),
  }));
  const [z, y, x] = axes.map(({ to }) => to) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  return {
    read(section, at) {
      for (const { from, to } of axes) {
        linearAt(from, all, at, {
          outside: null,
          to: to.subarray(section * area, (section + 1) * area),
        });
      }
      if (!mirrorsLabels(labels)) return;
      const index = nearestVoxels(sample, at);
      const first = section * area;
      for (let i = 0; i < area; i++) if (index[i]! < 0) z[first + i] = NaN;
    },
    traced: { partners: { ...partners, from: { z, y, x } } },
  };
}

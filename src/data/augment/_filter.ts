import { reflected, type Sample, sizeOf } from "@/core/mod.ts";
import type { Augmentation } from "./_augmentation.ts";
import {
  changesBySection,
  type DrawnChange,
  type SectionChanges,
  sectionDraws,
  type SectionOptions,
} from "./_sections.ts";
import { withoutMargin } from "./_without_margin.ts";

/** A section with voxels around it on each side, as many as filters may reach. */
export interface Window {
  /** Grey values, `[height + 2 reach, width + 2 reach]`. */
  readonly values: Float32Array;
  /** Rows without those around. */
  readonly height: number;
  /** Columns without those around. */
  readonly width: number;
  /** Voxels around on each side. */
  readonly reachVox: number;
}

/** Writes the filtered section, `[height, width]`. */
export type Filter<Change> = (
  window: Window,
  change: Change,
  to: Float32Array,
) => void;

/** A filter of sections, and what is drawn for it. */
export interface DrawnFilter<Change> extends DrawnChange<Change> {
  /** Voxels to each side that it looks at. */
  reachOf(change: Change): number;
  /** Filters a section. */
  readonly filter: Filter<Change>;
}

/** The augmentation that filters sections in their plane. */
export function filtering<Change>(
  options: SectionOptions,
  { reachOf, filter, ...drawn }: DrawnFilter<Change>,
): Augmentation<SectionChanges<Change>> {
  const reachVox = ({ changes }: SectionChanges<Change>) =>
    Math.max(0, ...changes.map((one) => one === null ? 0 : reachOf(one)));
  return {
    ...sectionDraws(options, drawn),
    marginVox(_shapeVox, parameters) {
      const reach = reachVox(parameters);
      return [0, reach, reach];
    },
    apply: (sample, parameters) =>
      filterSections(sample, {
        ...parameters,
        reachVox: reachVox(parameters),
        filter,
      }),
  };
}

/**
 * Filters the sections of a sample with `reachVox` of context on each side in the
 * plane, and cuts the context off. Where the volume ends its voxels are mirrored
 * (scipy's `reflect`); beyond it grey values stay as they were.
 */
function filterSections<Change>(
  sample: Sample,
  { reachVox, filter, ...parameters }: SectionChanges<Change> & {
    readonly reachVox: number;
    readonly filter: Filter<Change>;
  },
): Sample {
  const cut = withoutMargin(sample, [0, reachVox, reachVox]);
  const { image, shapeVox, inside } = cut;
  const [, height, width] = shapeVox;
  const [front, top, left] = inside.startVox;
  const [depth, rows, columns] = inside.shapeVox;
  if (rows === 0 || columns === 0) return cut;
  const filtered = new Float32Array(height * width);
  const changes = changesBySection(shapeVox, parameters);
  for (let z = front; z < front + depth; z++) {
    const change = changes[z]!;
    if (change === null) continue;
    const values = mirrorBeyond(sample, z);
    filter({ values, height, width, reachVox }, change, filtered);
    for (let y = top; y < top + rows; y++) {
      const row = y * width + left;
      image.set(
        filtered.subarray(row, row + columns),
        z * height * width + row,
      );
    }
  }
  return cut;
}

/** Section `z`; what lies beyond the volume is mirrored into it. */
function mirrorBeyond({ image, shapeVox, inside }: Sample, z: number) {
  const [, height, width] = shapeVox;
  const section = image.subarray(z * height * width, (z + 1) * height * width);
  const [, top, left] = inside.startVox;
  const [, rows, columns] = inside.shapeVox;
  if (sizeOf([1, rows, columns]) === section.length) return section;
  const fromX = Int32Array.from(
    { length: width },
    (_, x) => left + reflected(x - left, columns),
  );
  const values = new Float32Array(section.length);
  for (let y = 0, to = 0; y < height; y++) {
    const row = (top + reflected(y - top, rows)) * width;
    for (let x = 0; x < width; x++) values[to++] = section[row + fromX[x]!]!;
  }
  return values;
}

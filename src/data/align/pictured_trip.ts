import { moveParts, regionsOf, repairLabels } from "@/align/mod.ts";
import { type Box, mapZyx, type Zyx } from "@/core/mod.ts";
import { rawName } from "../cremi/layout.ts";
import type { Hdf5Dataset, Hdf5File } from "../hdf5/mod.ts";
import { greyReader } from "../source/_grey.ts";
import { alignedGreys } from "./_aligned_sections.ts";
import type { AlignmentRecord } from "./record.ts";

/** Pictures of a section on its way: grey values from 0 to 1, and labels. */
export interface PicturedTrip {
  /** Its number in the block. */
  readonly section: number;
  /** Whether it is torn and was put together. */
  readonly isTorn: boolean;
  /** The steps, in order. */
  readonly steps: readonly PicturedStep[];
}

/** A section at one step of its way. */
export interface PicturedStep {
  /** What it is. */
  readonly title: string;
  /** H and W. */
  readonly shapeVox: readonly [height: number, width: number];
  /** Grey values, `[H, W]`. */
  readonly grey: Float32Array;
  /** 1 where it is labelled, `[H, W]`. */
  readonly labels: Uint8Array;
}

/** A file before it was aligned, aligned, and brought back. */
export interface Files {
  readonly before: Hdf5File;
  readonly between: Hdf5File;
  readonly after: Hdf5File;
}

/** A way there and back. */
export type Trip = AlignmentRecord & {
  readonly files: Files;
  readonly signal: AbortSignal | undefined;
};

/** Sections of the block that were torn. */
export function tornIn({ block, frame, cracks }: AlignmentRecord): Set<number> {
  const first = block.startVox[0] - frame.firstSection;
  return new Set(
    cracks.map(({ section }) => section - first)
      .filter((section) => section >= 0 && section < block.shapeVox[0]),
  );
}

/** What two boxes share; of no extent if they share nothing. */
export function shared(a: Box, b: Box): Box {
  const startVox = mapZyx((i) => Math.max(a.startVox[i], b.startVox[i]));
  const shapeVox = mapZyx((i) =>
    Math.max(
      0,
      Math.min(
        a.startVox[i] + a.shapeVox[i],
        b.startVox[i] + b.shapeVox[i],
      ) - startVox[i],
    )
  );
  return { startVox, shapeVox };
}

/** Pictures of each step of a section of the block. */
export function pictureTrip(section: number, trip: Trip): PicturedTrip {
  const { block, frame, files, datasets } = trip;
  const [, height, width] = block.shapeVox;
  const inFile: Box = {
    startVox: mapZyx((a) => block.startVox[a] + (a === 0 ? section : 0)),
    shapeVox: [1, height, width],
  };
  const z = block.startVox[0] - frame.firstSection + section;
  const inAligned: Box = {
    startVox: [z, 0, 0],
    shapeVox: [1, frame.shapeVox[1], frame.shapeVox[2]],
  };
  const name = Object.keys(datasets).find((one) => one !== rawName);
  const placed = name === undefined ? undefined : datasets[name]!.startVox;
  // Aligned labels have the frame's extent, and their own sections.
  const first = Math.max((placed?.[0] ?? 0) - frame.firstSection, 0);
  const labels = (file: Hdf5File, box: Box, startVox = placed) =>
    name === undefined || !startVox
      ? new Uint8Array(box.shapeVox[1] * box.shapeVox[2])
      : labelledIn(file.dataset(name), { box, startVox });
  const there: PicturedStep = {
    title: "in the file",
    shapeVox: [height, width],
    grey: greyOf(files.before, inFile),
    labels: labels(files.before, inFile),
  };
  const back = {
    ...there,
    title: "brought back",
    grey: greyOf(files.after, inFile),
    labels: labels(files.after, inFile),
  };
  const differs = {
    ...there,
    title: "labels that differ",
    labels: there.labels.map((label, i) => label ^ back.labels[i]!),
  };
  const repairing = repairSteps(z, { trip, labels });
  const between: PicturedStep = {
    title: repairing.length === 0 ? "aligned" : "the crack filled",
    shapeVox: [frame.shapeVox[1], frame.shapeVox[2]],
    grey: greyOf(files.between, inAligned),
    labels: labels(files.between, inAligned, [first, 0, 0]),
  };
  return {
    section,
    isTorn: repairing.length > 0,
    steps: [there, ...repairing, between, back, differs],
  };
}

/** A torn section before its crack is filled, white where it has nothing; none of a whole one. */
function repairSteps(
  section: number,
  { trip: { frame, cracks, files }, labels }: {
    readonly trip: Trip;
    readonly labels: (file: Hdf5File, box: Box) => Uint8Array;
  },
): readonly PicturedStep[] {
  const crack = cracks.find((one) => one.section === section);
  if (!crack) return [];
  const { shapeVox, parts } = crack;
  const raw: Hdf5Dataset = files.before.dataset(rawName);
  const grey = alignedGreys(raw, { frame, where: files.before.path })(section);
  const marked = labels(files.before, {
    startVox: [frame.firstSection + section, ...frame.corners[section]!],
    shapeVox: [1, ...shapeVox],
  });
  const where = (there: Uint8Array, values: Float32Array) =>
    values.map((value, i) => there[i] === 0 ? 1 : value);
  return [
    { title: "aligned", grey, labels: marked },
    {
      title: "its parts",
      grey: where(parts, grey),
      labels: marked.map((label, i) => parts[i] === 0 ? 0 : label),
    },
    {
      title: "its parts, moved",
      grey: where(regionsOf(crack), moveParts(grey, crack)),
      labels: repairLabels(marked, crack),
    },
  ].map((step) => ({ ...step, shapeVox }));
}

function greyOf(file: Hdf5File, box: Box): Float32Array {
  const raw: Hdf5Dataset = file.dataset(rawName);
  return greyReader(raw, file.path)(raw.read(box));
}

/** 1 where labels that begin at `startVox` have an id, `[H, W]`. */
function labelledIn(
  dataset: Hdf5Dataset,
  { box, startVox }: { readonly box: Box; readonly startVox: Zyx },
): Uint8Array {
  const [, height, width] = box.shapeVox;
  const marked = new Uint8Array(height * width);
  const own = shared(box, { startVox, shapeVox: dataset.shapeVox });
  const [depth, rows, columns] = own.shapeVox;
  if (depth * rows * columns === 0) return marked;
  const labels = dataset.read({
    startVox: mapZyx((a) => own.startVox[a] - startVox[a]),
    shapeVox: own.shapeVox,
  });
  for (let y = 0, i = 0; y < rows; y++) {
    const to = (own.startVox[1] - box.startVox[1] + y) * width +
      own.startVox[2] - box.startVox[2];
    for (let x = 0; x < columns; x++, i++) {
      const id = labels[i]!;
      if (id > 0 && id < 0xfffffffffffffffen) marked[to + x] = 1;
    }
  }
  return marked;
}

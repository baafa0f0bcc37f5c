import { join } from "node:path";
import type { Voxels } from "@/align/mod.ts";
import { type Box, mapZyx, type Zyx } from "@/core/mod.ts";
import { rawName } from "../cremi/layout.ts";
import { type Hdf5Dataset, type Hdf5File, openHdf5 } from "../hdf5/mod.ts";
import { greyReader } from "../source/_grey.ts";
import { emptyPlane } from "./_file.ts";
import {
  type AlignedFile,
  alignFile,
  type AlignRequest,
} from "./align_file.ts";
import { type AlignmentRecord, readRecord } from "./record.ts";
import { reverseFile } from "./reverse_file.ts";

/** What came back of a section of a volume. */
export interface SectionTrip {
  /** Its number in the block. */
  readonly section: number;
  /** Whether it is torn and was put together. */
  readonly isTorn: boolean;
  /** Voxels of which nothing came back. */
  readonly emptyVox: number;
  /** Voxels that came back with another value. */
  readonly otherVox: number;
}

/** What came back of a volume. */
export interface VolumeTrip {
  /** Its name in the file. */
  readonly name: string;
  /** Its sections in the block. */
  readonly sections: readonly SectionTrip[];
  /** Voxels of a section that were compared. */
  readonly sectionVox: number;
}

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

/** What a file is after it was aligned and brought back. */
export interface RoundTrip {
  /** What was written between. */
  readonly aligned: AlignedFile;
  /** The part that was compared. */
  readonly block: Box;
  /** Where each aligned section is read, against one that is not moved. */
  readonly movedVox: readonly (readonly [y: number, x: number])[];
  /** Its first section, counted in the aligned volume. */
  readonly firstAligned: number;
  /** What came back of each volume. */
  readonly volumes: readonly VolumeTrip[];
  /** Some of its sections: the torn ones, and some others. */
  readonly pictures: readonly PicturedTrip[];
}

/** Sections that are shown besides the torn ones. */
const mostShown = 3;

/**
 * Aligns a file and brings it back, in a folder, and compares what came back with
 * what was there, voxel by voxel in the block (the report's acceptance,
 * techniques A8.5 and A8.8).
 *
 * @throws {ExperimentError} If it cannot be aligned.
 */
export async function roundTrip(
  request: Omit<AlignRequest, "output">,
  folder: string,
): Promise<RoundTrip> {
  const aligned = await alignFile({
    ...request,
    output: join(folder, "aligned.hdf"),
  });
  const back = await reverseFile({
    path: aligned.path,
    output: join(folder, "back.hdf"),
    signal: request.signal,
    ...(request.notify && { notify: request.notify }),
  });
  using opened = new DisposableStack();
  const open = async (path: string) => opened.use(await openHdf5(path));
  const files: Files = {
    before: await open(request.path),
    between: await open(aligned.path),
    after: await open(back.path),
  };
  const record = readRecord(files.between, aligned.path);
  const { block, frame } = record;
  const compared = { ...record, files, signal: request.signal };
  const volumes = Object.keys(record.datasets)
    .map((name) => compareVolume(name, compared));
  const torn = [...tornIn(record)];
  const others = [0.2, 0.5, 0.8]
    .map((share) => Math.floor(share * block.shapeVox[0]))
    .filter((section) => !torn.includes(section)).slice(0, mostShown);
  const shown = [...new Set([...torn, ...others])].toSorted((a, b) => a - b);
  return {
    aligned,
    block,
    movedVox: frame.corners.map(([y, x]) => [
      y - frame.origin[0],
      x - frame.origin[1],
    ]),
    firstAligned: block.startVox[0] - frame.firstSection,
    volumes,
    pictures: shown.map((section) => pictureTrip(section, compared)),
  };
}

/** A file before, between and after. */
interface Files {
  readonly before: Hdf5File;
  readonly between: Hdf5File;
  readonly after: Hdf5File;
}

type Compared = AlignmentRecord & {
  readonly files: Files;
  readonly signal: AbortSignal | undefined;
};

/** Sections of the block that were torn. */
function tornIn({ block, frame, cracks }: AlignmentRecord): Set<number> {
  const first = block.startVox[0] - frame.firstSection;
  return new Set(
    cracks.map(({ section }) => section - first)
      .filter((section) => section >= 0 && section < block.shapeVox[0]),
  );
}

function compareVolume(name: string, compared: Compared): VolumeTrip {
  const { block, files, datasets, signal } = compared;
  const { startVox, shapeVox } = datasets[name]!;
  const before = files.before.dataset(name), after = files.after.dataset(name);
  const torn = tornIn(compared);
  const box = shared(block, { startVox, shapeVox });
  const sections: SectionTrip[] = [];
  for (let z = 0; z < box.shapeVox[0]; z++) {
    signal?.throwIfAborted();
    const at: Box = {
      startVox: mapZyx((a) =>
        box.startVox[a] - startVox[a] + (a === 0 ? z : 0)
      ),
      shapeVox: [1, box.shapeVox[1], box.shapeVox[2]],
    };
    const section = box.startVox[0] - block.startVox[0] + z;
    sections.push({
      section,
      isTorn: torn.has(section),
      ...differences(name, before.read(at), after.read(at)),
    });
  }
  return {
    name,
    sections,
    sectionVox: box.shapeVox[1] * box.shapeVox[2],
  };
}

function shared(a: Box, b: Box): Box {
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

function differences(name: string, before: Voxels, after: Voxels) {
  const empty = emptyPlane(name, { like: after, shapeVox: [1, 1] })[0]!;
  let emptyVox = 0, otherVox = 0;
  for (let i = 0; i < before.length; i++) {
    if (before[i] === after[i]) continue;
    if (after[i] === empty) emptyVox++;
    else otherVox++;
  }
  return { emptyVox, otherVox };
}

function pictureTrip(section: number, compared: Compared): PicturedTrip {
  const { block, frame, files, datasets } = compared;
  const isTorn = tornIn(compared).has(section);
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
  const step = (
    title: string,
    { file, box, startVox }: {
      readonly file: Hdf5File;
      readonly box: Box;
      readonly startVox: Zyx | undefined;
    },
  ): PicturedStep => {
    const [, height, width] = box.shapeVox;
    return {
      title,
      shapeVox: [height, width],
      grey: greyOf(file, box),
      labels: startVox
        ? labelledIn(file.dataset(name!), { box, startVox })
        : new Uint8Array(height * width),
    };
  };
  const there = step("in the file", {
    file: files.before,
    box: inFile,
    startVox: placed,
  });
  const between = step(isTorn ? "aligned and put together" : "aligned", {
    file: files.between,
    box: inAligned,
    startVox: placed && [first, 0, 0],
  });
  const back = step("brought back", {
    file: files.after,
    box: inFile,
    startVox: placed,
  });
  const differs: PicturedStep = {
    ...there,
    title: "labels that differ",
    labels: there.labels.map((label, i) => label ^ back.labels[i]!),
  };
  return { section, isTorn, steps: [there, between, back, differs] };
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

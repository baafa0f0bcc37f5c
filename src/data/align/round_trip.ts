import { join } from "node:path";
import type { Voxels } from "@/align/mod.ts";
import { type Box, mapZyx } from "@/core/mod.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { emptyPlane } from "./_file.ts";
import {
  type Files,
  type PicturedTrip,
  pictureTrip,
  shared,
  tornIn,
  type Trip,
} from "./pictured_trip.ts";
import {
  type AlignedFile,
  alignFile,
  type AlignRequest,
} from "./align_file.ts";
import { readRecord } from "./record.ts";
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

function compareVolume(name: string, compared: Trip): VolumeTrip {
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

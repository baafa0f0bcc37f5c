import type { Dataset, Metadata } from "h5wasm/node";
import { elsewhereText, joinText } from "./_elsewhere.ts";
import { unknownFilters } from "./_filters.ts";
import type { Guard } from "./_guard.ts";
import { type Hdf5Module, headerOf } from "./_library.ts";
import type { NumberKind } from "../voxels/mod.ts";
import { contentOf, kindOf } from "./number_kind.ts";
import { type Storage, storageOf } from "./storage/storage.ts";
import { faultOfTexts } from "./storage/texts.ts";

/** What is known of a dataset that can be read. */
export interface SoundDataset {
  readonly metadata: Metadata;
  readonly kind: NumberKind;
  /** Filters that cannot be undone; chunks that did not shrink are read anyway. */
  readonly filters: readonly string[];
  /** What a reader should know. */
  readonly notes: readonly string[];
}

/** Where a dataset is. */
export interface DatasetAt {
  /** Its path within the file. */
  readonly path: string;
  readonly guard: Guard;
  readonly module: Hdf5Module;
  readonly signatureAt: number;
}

/**
 * Checks that a dataset has three axes of numbers which are read as they are
 * stored, and all of which are in this file.
 *
 * @throws {ExperimentError} That says what it is instead.
 */
export function checkSound(
  dataset: Dataset,
  place: DatasetAt,
): SoundDataset {
  const { path, guard } = place;
  const [metadata, filters] = guard.try(
    `read "${path}" of "${guard.path}"`,
    () => [dataset.metadata, unknownFilters(dataset.filters)] as const,
  );
  checkAxes(metadata.shape ?? [], place);
  const kind = kindOf(metadata);
  if (!kind) {
    throw guard.unreadable(
      path,
      `it holds ${contentOf(metadata)}, no whole or floating-point numbers ` +
        "of 8 to 64 bits",
      "Name a volume of grey values or labels",
    );
  }
  if (metadata.virtual_sources) {
    const names = metadata.virtual_sources.map((source) => source.file_name);
    throw elsewhere("it is virtual", names, place);
  }
  const storage = lookInto(dataset, metadata, place);
  if (storage) checkStorage(storage, metadata, place);
  const notes = storage
    ? []
    : [`Whether all of "${path}" was written cannot be told`];
  return { metadata, kind, filters, notes };
}

function checkAxes(
  shape: readonly number[],
  { path, guard }: DatasetAt,
): void {
  if (shape.length === 3 && shape.every((extent) => extent > 0)) return;
  const extents = shape.join(" × ");
  throw guard.unreadable(
    path,
    shape.length === 3
      ? `it is empty, ${extents} voxels`
      : `it has ${shape.length} axes (${extents}), it should have z, y and x`,
    "Name a volume of grey values or labels",
  );
}

function lookInto(
  dataset: Dataset,
  { shape, maxshape, chunks }: Metadata,
  { path, guard, module, signatureAt }: DatasetAt,
): Storage | undefined {
  return guard.try(`read "${path}" of "${guard.path}"`, () => {
    return storageOf({
      path: guard.path,
      signatureAt,
      address: headerOf(dataset, module),
      shape: shape!,
      maxshape: maxshape!,
      chunks: chunks ?? [],
    });
  });
}

/**
 * Checks that texts of any length lie where they can be read.
 *
 * @throws {ExperimentError} If they do not.
 */
export function checkTexts(
  dataset: Dataset,
  { path, guard, module, signatureAt }: DatasetAt,
): void {
  if (!dataset.metadata.vlen) return;
  const fault = faultOfTexts({
    path: guard.path,
    signatureAt,
    address: headerOf(dataset, module),
    shape: dataset.shape ?? [],
  });
  if (!fault) return;
  throw guard.unreadable(
    path,
    `the file is damaged (${fault})`,
    "Get the file again and compare its size and hash with the source's",
  );
}

function checkStorage(
  { hasUsualForm, externalFiles, gaps }: Storage,
  { size }: Metadata,
  place: DatasetAt,
): void {
  const { path, guard } = place;
  if (!hasUsualForm) {
    throw guard.unreadable(
      path,
      `its numbers of ${8 * size} bits are not of the usual form (bfloat16, ` +
        "or fewer bits than they take)",
      "Convert it, as to u8 or float32",
    );
  }
  if (externalFiles.length > 0) {
    throw elsewhere("its storage is external", externalFiles, place);
  }
  if (!gaps) return;
  const { missing, chunks, startVox } = gaps;
  throw guard.unreadable(
    path,
    (chunks === 1
      ? "nothing of it was ever written"
      : `${missing} of its ${chunks} chunks ` +
        `${missing === 1 ? "was" : "were"} never written`) +
      (startVox ? `, the first at voxel ${startVox.join(", ")}` : ""),
    "Write it to its end; where it is to be empty, write that too, in h5py: " +
      "d[...] = d[...]",
  );
}

function elsewhere(
  why: string,
  names: readonly string[],
  { path, guard }: DatasetAt,
) {
  return guard.unreadable(
    path,
    `${why}, its numbers ${elsewhereText(guard.path, names)}`,
    joinText(guard.path, path),
  );
}

import { StructureError } from "./bytes.ts";
import { externalFilesOf } from "./external_files.ts";
import { type Extents, type Gaps, gapsOf } from "./gaps.ts";
import { layoutOf } from "./layout.ts";
import { isUsualForm } from "./number_form.ts";
import { dataLayout, messagesOf } from "./object_header.ts";
import { openBytes } from "./superblock.ts";

/** Where the numbers of a dataset are, as far as that can be told. */
export interface Storage {
  /** Whether they are of the usual form: all bits of IEEE 754, or of a whole number. */
  readonly hasUsualForm: boolean;
  /** The other files they lie in, as the file names them. */
  readonly externalFiles: readonly string[];
  /** What was never written. */
  readonly gaps: Gaps | undefined;
}

/** A dataset in a file. */
export interface StoredDataset extends Extents {
  /** The file. */
  readonly path: string;
  /** Where its signature stands. */
  readonly signatureAt: number;
  /** Where the dataset's object header lies, counted as addresses are. */
  readonly address: number;
}

const datatype = 0x03, externalFiles = 0x07;

/**
 * Looks into a file how a dataset is stored, which h5wasm does not tell; undefined
 * if the structures are of a form that is not known here.
 */
export function storageOf(dataset: StoredDataset): Storage | undefined {
  try {
    using file = openBytes(dataset.path, dataset.signatureAt);
    const messages = messagesOf(file, dataset.address);
    const find = (type: number) =>
      messages.find((message) => message.type === type && !message.isShared)
        ?.body;
    const layout = find(dataLayout), external = find(externalFiles);
    const type = find(datatype); // a type that has a name of its own is shared
    if (!layout) return undefined;
    return {
      hasUsualForm: !type || isUsualForm(type),
      externalFiles: external ? externalFilesOf(file, external) : [],
      gaps: external
        ? undefined
        : gapsOf(file, { ...dataset, layout: layoutOf(layout) }),
    };
  } catch (error) {
    if (error instanceof StructureError) return undefined;
    throw error;
  }
}

import { resolve } from "node:path";
import { type Hdf5File, openHdf5 } from "../../hdf5/mod.ts";
import { Faults } from "../_faults.ts";
import { rawName } from "../layout.ts";
import { readLayout } from "../read_layout.ts";
import type { CremiForm, Inspection } from "./_inspection.ts";
import {
  type FoundClefts,
  type FoundNeurons,
  inspectClefts,
  inspectNeurons,
} from "./_labels.ts";
import { judgeParts, judgePlaces } from "./_parts.ts";
import { type FoundAnnotations, inspectPoints } from "./_points.ts";
import { type FoundRaw, inspectRaw } from "./_raw.ts";

/** What is wrong, and what to do about it. */
export interface CremiFault {
  /** What cannot be done, and why. */
  readonly message: string;
  /** The file, as it was named. */
  readonly where: string;
  /** What to do about it. */
  readonly fix: string;
}

/** What a file in the layout of the challenge was found to be. */
export interface CheckedCremi {
  /** Its absolute path. */
  readonly path: string;
  /** What it was taken for: a submission if it has no grey values. */
  readonly form: CremiForm | null;
  /** Whether nothing is wrong. */
  readonly isSound: boolean;
  /** All that is wrong. */
  readonly faults: readonly CremiFault[];
  /** What is unusual, though not wrong. */
  readonly notes: readonly string[];
  /** The grey values; null, as what follows, if not there or not sound. */
  readonly raw: FoundRaw | null;
  /** The clefts. */
  readonly clefts: FoundClefts | null;
  /** The neurons. */
  readonly neuronIds: FoundNeurons | null;
  /** The annotations. */
  readonly annotations: FoundAnnotations | null;
}

/** A file to look into. */
export interface CheckCremiRequest {
  /** Its path. */
  readonly path: string;
  /** Where it is named, for errors; the path by default. */
  readonly where?: string | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks through a file in the layout of the CREMI challenge, a volume or a
 * submission: every number is read, some sections at a time. What is wrong, be
 * it that there is no such file, is in the result, all of it at once.
 */
export async function checkCremi(
  { path, where = path, signal }: CheckCremiRequest,
): Promise<CheckedCremi> {
  const faults = new Faults();
  using file = await faults.attemptLong(() => openHdf5(path, where));
  const hasRaw = file && faults.attempt(() => file.has(rawName));
  const found = file && hasRaw !== undefined
    ? await inspect(file, {
      form: hasRaw ? "volume" : "submission",
      ...{ faults, notes: [], where, signal },
    })
    : { form: null, notes: [], ...nothing };
  return {
    path: resolve(path),
    isSound: faults.all.length === 0,
    faults: faults.all.map(({ message, where, fix }) => ({
      ...{ message, where, fix },
    })),
    ...found,
  };
}

const nothing = { raw: null, clefts: null, neuronIds: null, annotations: null };

async function inspect(file: Hdf5File, inspection: Inspection) {
  const { form, faults, notes, where } = inspection;
  faults.attempt(() => judgeParts(file, inspection));
  const layout = readLayout(file, { faults, where });
  judgePlaces(layout, inspection);
  const { raw, clefts, neuronIds, annotations } = layout;
  const looked = async <Part, Found>(
    part: Part | undefined,
    look: (part: Part, inspection: Inspection) => Promise<Found>,
  ) => (part && await faults.attemptLong(() => look(part, inspection))) ?? null;
  return {
    ...{ form, notes },
    raw: await looked(raw, inspectRaw),
    clefts: await looked(clefts, inspectClefts),
    neuronIds: await looked(neuronIds, inspectNeurons),
    annotations: annotations
      ? inspectPoints({ ...layout, annotations }, inspection)
      : null,
  };
}

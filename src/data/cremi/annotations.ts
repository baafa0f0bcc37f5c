import type { Zyx } from "@/core/mod.ts";
import type { Hdf5File, Hdf5Table, Hdf5Writer } from "../hdf5/mod.ts";
import { readIds, readLocations, readTexts } from "./_columns.ts";
import { Faults } from "./_faults.ts";
import {
  annotationsName,
  commentsName,
  idsName,
  locationsName,
  partnersName,
  targetIdsName,
  typesName,
} from "./layout.ts";

/** A point that somebody set. */
export interface AnnotatedPoint {
  /** Its number, which partners and comments name it by. */
  readonly id: bigint;
  /** What it is, such as `presynaptic_site`. */
  readonly type: string;
  /** Where it lies in nanometres, counted from the annotations' offset. */
  readonly locationNm: Zyx;
}

/** A presynaptic and a postsynaptic point, by their ids. */
export interface PartnerIds {
  /** The presynaptic one. */
  readonly pre: bigint;
  /** The postsynaptic one. */
  readonly post: bigint;
}

/** What is said about a point. */
export interface PointComment {
  /** The point's id. */
  readonly targetId: bigint;
  /** What it is. */
  readonly text: string;
}

/** The annotations of a file in the layout of the challenge. */
export interface Annotations {
  /** Where points count from, in nanometres. */
  readonly offsetNm: Zyx;
  /** The points, in the order of the file. */
  readonly points: readonly AnnotatedPoint[];
  /** Which of them are partners. */
  readonly partners: readonly PartnerIds[];
  /** What is said about them. */
  readonly comments: readonly PointComment[];
}

/**
 * Reads the annotations of a file; undefined if it has none.
 *
 * @throws {ExperimentFaults} If something of them is missing or of another form.
 */
export function readAnnotations(
  file: Hdf5File,
  where: string,
): Annotations | undefined {
  const own = [idsName, typesName, locationsName, partnersName];
  if (!own.some((name) => file.has(name))) return undefined;
  const faults = new Faults();
  const one = { columns: 1, where } as const;
  const ids = faults.attempt(() => readIds(file, { ...one, name: idsName }));
  const types = faults.attempt(() =>
    readTexts(file, { name: typesName, where })
  );
  const located = faults.attempt(() => readLocations(file, where));
  const partners = !file.has(partnersName)
    ? []
    : faults.attempt(() =>
      readIds(file, { name: partnersName, columns: 2, where })
    );
  const hasComments = file.has(targetIdsName) || file.has(commentsName);
  const targets = !hasComments
    ? []
    : faults.attempt(() => readIds(file, { ...one, name: targetIdsName }));
  const texts = !hasComments
    ? []
    : faults.attempt(() => readTexts(file, { name: commentsName, where }));
  const locations = located?.table.values;
  sameCount({
    [idsName]: ids?.length,
    [typesName]: types?.length,
    [locationsName]: locations && locations.length / 3,
  });
  sameCount({
    [targetIdsName]: targets?.length,
    [commentsName]: texts?.length,
  });
  faults.throwIfAny();
  return {
    offsetNm: located!.offsetNm,
    points: ids!.map((id, i) => ({
      id,
      type: types![i]!,
      locationNm: [...locations!.subarray(3 * i, 3 * i + 3)] as unknown as Zyx,
    })),
    partners: partners!.flatMap((pre, i) =>
      i % 2 === 0 ? [{ pre, post: partners![i + 1]! }] : []
    ),
    comments: targets!.map((targetId, i) => ({ targetId, text: texts![i]! })),
  };

  function sameCount(counts: Readonly<Record<string, number | undefined>>) {
    const known = Object.entries(counts).filter(([, n]) => n !== undefined);
    if (new Set(known.map(([, count]) => count)).size < 2) return;
    const what = known.map(([name, count]) => `"${name}" has ${count}`);
    faults.add(
      `Cannot read the annotations of "${file.path}": ${what.join(", ")}`,
      { where, fix: "Write as many rows into each of them" },
    );
  }
}

/** Writes annotations in the layout of the challenge; nothing if there is none. */
export function writeAnnotations(
  file: Hdf5Writer,
  { offsetNm, points, partners, comments }: Annotations,
): void {
  if (points.length === 0) return;
  const offset = {
    shape: [3],
    dtype: "<d",
    values: Float64Array.from(offsetNm),
  };
  file.attributes(annotationsName, { offset });
  file.table(idsName, idTable(points.map(({ id }) => id)));
  file.table(typesName, textTable(points.map(({ type }) => type)));
  file.table(locationsName, {
    shape: [points.length, 3],
    dtype: "<d",
    values: Float64Array.from(points.flatMap(({ locationNm }) => locationNm)),
    attributes: {},
  });
  if (partners.length > 0) {
    const rows = partners.flatMap(({ pre, post }) => [pre, post]);
    file.table(partnersName, {
      ...idTable(rows),
      shape: [partners.length, 2],
    });
  }
  if (comments.length > 0) {
    file.table(targetIdsName, idTable(comments.map((one) => one.targetId)));
    file.table(commentsName, textTable(comments.map(({ text }) => text)));
  }
}

function idTable(ids: readonly bigint[]): Hdf5Table {
  const values = BigUint64Array.from(ids);
  return { shape: [ids.length], dtype: "<Q", values, attributes: {} };
}

function textTable(values: readonly string[]): Hdf5Table {
  return { shape: [values.length], dtype: "S", values, attributes: {} };
}

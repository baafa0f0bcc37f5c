import { join } from "node:path";
import * as z from "zod";
import { ExperimentError, explainSystemError, formFault } from "@/core/mod.ts";
import type { NumberKind } from "../voxels/mod.ts";
import type { ShardForm } from "./_shard_index.ts";

/** What is at a path of a Zarr hierarchy. */
export interface ZarrNode {
  /** Its path within the hierarchy; empty for the root. */
  readonly name: string;
  /** Its folder on the disk. */
  readonly folder: string;
  /** The files that describe it. */
  readonly files: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Undefined for a group. */
  readonly array: ZarrForm | undefined;
}

/** How an array is stored. */
export interface ZarrForm {
  readonly shape: readonly number[];
  /** Extent of what is a file of its own: a chunk, or a shard of chunks. */
  readonly fileShape: readonly number[];
  /** Undefined for what holds no numbers that are read here. */
  readonly kind: NumberKind | undefined;
  /** The type in the words of the file. */
  readonly type: string;
  readonly fill: unknown;
  /** How files are divided, where they are shards. */
  readonly shards: ShardForm | undefined;
  readonly axes: readonly (string | null)[] | undefined;
  /** The place of a file in the grid of files, by its path below the array. */
  readonly placeOf: (path: string) => readonly number[] | undefined;
  /** The other way around. */
  readonly pathOf: (place: readonly number[]) => string;
}

/** Something that Zarr's metadata cannot be. */
export class ZarrFault extends Error {}

const extent = z.array(z.int().min(0));
const chunks = z.array(z.int().min(1));
const attributes = z.record(z.string(), z.unknown());

const second = z.looseObject({
  zarr_format: z.literal(2),
  shape: extent,
  chunks,
  dtype: z.unknown(),
  fill_value: z.unknown().optional(),
  dimension_separator: z.enum([".", "/"]).default("."),
});

const third = z.looseObject({
  zarr_format: z.literal(3),
  node_type: z.literal("array"),
  shape: extent,
  data_type: z.unknown(),
  chunk_grid: z.looseObject({
    name: z.literal("regular"),
    configuration: z.looseObject({ chunk_shape: chunks }),
  }),
  chunk_key_encoding: z.looseObject({
    name: z.enum(["default", "v2"]),
    configuration: z.looseObject({ separator: z.enum([".", "/"]).optional() })
      .optional(),
  }),
  fill_value: z.unknown().optional(),
  codecs: z.array(z.looseObject({ name: z.string() })),
  dimension_names: z.array(z.string().nullable()).nullish(),
});

/**
 * What a folder of a hierarchy is; null if it is nothing of Zarr's.
 *
 * @throws {ExperimentError} If its metadata cannot be read.
 */
export function zarrNode(
  { root, name, where }: {
    readonly root: string;
    readonly name: string;
    readonly where: string;
  },
): ZarrNode | null {
  const folder = join(root, name);
  const at = (file: string) => join(folder, file);
  const node = { name, folder };
  try {
    const meta = readJson(at("zarr.json"));
    if (meta !== undefined) {
      const isGroup = (meta as { node_type?: unknown })?.node_type === "group";
      return {
        ...node,
        files: [at("zarr.json")],
        attributes: attributesOf(
          (meta as { attributes?: unknown })?.attributes,
        ),
        array: isGroup ? undefined : thirdForm(meta),
      };
    }
    const array = readJson(at(".zarray")), group = readJson(at(".zgroup"));
    if (array === undefined && group === undefined) return null;
    const more = readJson(at(".zattrs"));
    const own = attributesOf(more);
    return {
      ...node,
      files: [
        at(array === undefined ? ".zgroup" : ".zarray"),
        ...(more === undefined ? [] : [at(".zattrs")]),
      ],
      attributes: own,
      array: array === undefined ? undefined : secondForm(array, own),
    };
  } catch (error) {
    if (!(error instanceof ZarrFault)) throw error;
    throw new ExperimentError(
      `Cannot read "${name || "/"}" of "${root}": ${error.message}`,
      { where, fix: "Get the folder again, or write it anew", cause: error },
    );
  }
}

function attributesOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  const parsed = attributes.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ZarrFault("its attributes are no map of names");
}

/** A file of JSON; undefined if there is none. */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory
    ) return undefined;
    throw explainSystemError(error, { doing: `read "${path}"`, where: path });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ZarrFault(`"${path}" is no JSON (${(error as Error).message})`);
  }
}

function parsed<T>(schema: z.ZodType<T>, meta: unknown): T {
  const result = schema.safeParse(meta);
  if (result.success) return result.data;
  throw new ZarrFault(
    `its metadata are not Zarr's: ${formFault(result.error, meta)}`,
  );
}

function secondForm(
  meta: unknown,
  attributes: Readonly<Record<string, unknown>>,
): ZarrForm {
  const found = parsed(second, meta);
  const { shape, chunks: fileShape, dtype, dimension_separator } = found;
  const names = attributes["_ARRAY_DIMENSIONS"];
  return {
    shape,
    fileShape,
    kind: secondKind(dtype),
    type: JSON.stringify(dtype),
    fill: found.fill_value,
    shards: undefined,
    axes: Array.isArray(names) ? names.map(String) : undefined,
    placeOf: (path) => numbersOf(path, dimension_separator, shape.length),
    pathOf: (place) => place.join(dimension_separator),
  };
}

function thirdForm(meta: unknown): ZarrForm {
  const found = parsed(third, meta);
  const { shape, data_type, chunk_key_encoding: keys } = found;
  const separator = keys.configuration?.separator ??
    (keys.name === "default" ? "/" : ".");
  const prefix = keys.name === "default" ? `c${separator}` : "";
  return {
    shape,
    fileShape: found.chunk_grid.configuration.chunk_shape,
    kind: thirdKind(data_type),
    type: JSON.stringify(data_type),
    fill: found.fill_value,
    shards: shardsIn(
      found.codecs,
      found.chunk_grid.configuration.chunk_shape,
    ),
    axes: found.dimension_names ?? undefined,
    placeOf: (path) =>
      path.startsWith(prefix)
        ? numbersOf(path.slice(prefix.length), separator, shape.length)
        : undefined,
    pathOf: (place) => prefix + place.join(separator),
  };
}

const sharding = z.looseObject({
  name: z.literal("sharding_indexed"),
  configuration: z.looseObject({
    chunk_shape: chunks,
    index_codecs: z.array(z.looseObject({ name: z.string() })),
    index_location: z.enum(["start", "end"]).default("end"),
  }),
});

/** How shards of some extent are divided; undefined where there are none. */
function shardsIn(
  codecs: readonly { readonly name: string }[],
  shape: readonly number[],
): ShardForm | undefined {
  const [codec, ...others] = codecs;
  if (codec?.name !== "sharding_indexed" || others.length > 0) return undefined;
  const { chunk_shape, index_codecs, index_location } =
    parsed(sharding, codec).configuration;
  const counts = shape.map((extent, axis) => extent / chunk_shape[axis]!);
  if (!counts.every(Number.isInteger)) {
    throw new ZarrFault(
      `its shards of ${shape.join(" × ")} are not of whole chunks of ` +
        chunk_shape.join(" × "),
    );
  }
  return {
    chunkShape: chunk_shape,
    counts,
    isFirst: index_location === "start",
    hasChecksum: index_codecs.some(({ name }) => name === "crc32c"),
  };
}

function numbersOf(
  path: string,
  separator: string,
  rank: number,
): readonly number[] | undefined {
  const parts = path.split(separator);
  return parts.length === rank && parts.every((part) => /^\d+$/.test(part))
    ? parts.map(Number)
    : undefined;
}

/** The kind of numpy's `<u2`, `|b1`, … */
function secondKind(dtype: unknown): NumberKind | undefined {
  if (dtype === "|b1") return "bool";
  const [, letter, bytes] = /^[<>|]([iuf])([1248])$/.exec(`${dtype}`) ?? [];
  if (!letter || letter === "f" && bytes === "1") return undefined;
  return `${letter}${8 * Number(bytes)}` as NumberKind;
}

/** The kind of `uint16`, `bool`, … */
function thirdKind(type: unknown): NumberKind | undefined {
  if (type === "bool") return "bool";
  const [, word, bits] = /^(int|uint|float)(8|16|32|64)$/.exec(`${type}`) ?? [];
  if (!word || word === "float" && bits === "8") return undefined;
  return `${word[0]}${bits}` as NumberKind;
}

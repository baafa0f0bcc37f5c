import { join } from "node:path";
import * as z from "zod";
import { explainSystemError, formFault } from "@/core/mod.ts";
import type { NumberKind } from "../voxels/mod.ts";

/** What is at a path of an N5 container. */
export interface N5Node {
  /** Its path within the container; empty for the root. */
  readonly name: string;
  readonly folder: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Undefined for a group. */
  readonly array: N5Form | undefined;
}

/** How an array is stored; all extents z y x, which N5 writes the other way. */
export interface N5Form {
  readonly shape: readonly number[];
  readonly blockShape: readonly number[];
  /** Undefined for what holds no numbers that are read here. */
  readonly kind: NumberKind | undefined;
  readonly type: string;
  readonly compression: Readonly<Record<string, unknown>> & {
    readonly type: string;
  };
}

/** Something that the attributes of N5 cannot be. */
export class N5Fault extends Error {}

const extents = z.array(z.int().min(0)).min(1);

const schema = z.looseObject({
  dimensions: extents,
  blockSize: z.array(z.int().min(1)).min(1),
  dataType: z.string(),
  compression: z.looseObject({ type: z.string() }).optional(),
  compressionType: z.string().optional(), // before N5 2.0
});

/**
 * What a folder of a container is: a group, where it has no attributes of an
 * array; null if there is no such folder.
 *
 * @throws {N5Fault} If its attributes cannot be read.
 */
export function n5Node(root: string, name: string): N5Node | null {
  const folder = join(root, name), node = { name, folder };
  const attributes = attributesAt(folder);
  if (attributes === null) return null;
  const isArray = "dimensions" in attributes || "dataType" in attributes;
  return {
    ...node,
    attributes,
    array: isArray ? formOf(attributes) : undefined,
  };
}

function attributesAt(folder: string): Record<string, unknown> | null {
  const path = join(folder, "attributes.json");
  try {
    if (!Deno.statSync(folder).isDirectory) return null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw explainSystemError(error, { doing: `read "${folder}"`, where: path });
  }
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    if (isMissing(error)) return {};
    throw explainSystemError(error, { doing: `read "${path}"`, where: path });
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch (error) {
    throw new N5Fault(
      error instanceof z.ZodError
        ? `"${path}" is no map of names`
        : `"${path}" is no JSON (${(error as Error).message})`,
    );
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory;
}

function formOf(attributes: Record<string, unknown>): N5Form {
  const parsed = schema.safeParse(attributes);
  if (!parsed.success) {
    throw new N5Fault(
      `its attributes are not N5's: ${formFault(parsed.error, attributes)}`,
    );
  }
  const { dimensions, blockSize, dataType, compression, compressionType } =
    parsed.data;
  if (dimensions.length !== blockSize.length) {
    throw new N5Fault(
      `it has ${dimensions.length} axes and blocks of ${blockSize.length}`,
    );
  }
  return {
    shape: dimensions.toReversed(),
    blockShape: blockSize.toReversed(),
    kind: kindOf(dataType),
    type: dataType,
    compression: compression ?? { type: compressionType ?? "raw" },
  };
}

function kindOf(type: string): NumberKind | undefined {
  const [, word, bits] = /^(int|uint|float)(8|16|32|64)$/.exec(type) ?? [];
  if (!word || word === "float" && Number(bits) < 32) return undefined;
  return `${word[0]}${bits}` as NumberKind;
}

import { type Cursor, StructureError } from "./bytes.ts";

/** How the chunks of a dataset are found. */
export type ChunkIndex =
  | { readonly type: "tree" | "fixed" | "extensible" | "tree2" }
  | { readonly type: "single" | "implicit" };

/** Where the numbers of a dataset lie. */
export type Layout =
  | { readonly type: "compact" | "virtual" }
  | { readonly type: "contiguous"; readonly address: number | undefined }
  | {
    readonly type: "chunked";
    /** Of the index, or of the only chunk; undefined if there is none yet. */
    readonly address: number | undefined;
    readonly index: ChunkIndex["type"];
  };

/** Reads the message "data layout" (HDF5 file format specification, IV.A.2.i). */
export function layoutOf(body: Cursor): Layout {
  const version = body.number(1);
  if (version < 3) return earlyLayout(body);
  if (version > 5) {
    throw new StructureError(`layouts of version ${version} are unknown`);
  }
  const type = body.number(1);
  if (type === 0) return { type: "compact" };
  if (type === 1) return { type: "contiguous", address: body.address() };
  if (type === 3) return { type: "virtual" };
  if (type !== 2) throw new StructureError(`layout ${type} is unknown`);
  if (version === 3) {
    return { type: "chunked", index: "tree", address: body.skip(1).address() };
  }
  const flags = body.number(1), rank = body.number(1), width = body.number(1);
  const index = indexOf(body.skip(rank * width).number(1));
  if (index === "single" && flags & 2) body.length(), body.skip(4);
  body.skip(
    {
      single: 0,
      implicit: 0,
      fixed: 1,
      extensible: 5,
      tree2: 6,
      tree: 0,
    }[index],
  );
  return { type: "chunked", index, address: body.address() };
}

function earlyLayout(body: Cursor): Layout {
  body.skip(1);
  const type = body.number(1);
  body.skip(5);
  if (type === 0) return { type: "compact" };
  const address = body.address();
  return type === 1
    ? { type: "contiguous", address }
    : { type: "chunked", index: "tree", address };
}

function indexOf(number: number): ChunkIndex["type"] {
  const index = [
    undefined,
    "single",
    "implicit",
    "fixed",
    "extensible",
    "tree2",
  ] as const;
  const found = index[number];
  if (!found) throw new StructureError(`chunk index ${number} is unknown`);
  return found;
}

import assert from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { openHdf5 } from "../file.ts";

const { default: h5 } = await import("h5wasm/node");

/** A file of `shape` bytes that was written up to `end` sections, then made longer. */
interface Case {
  readonly shape: readonly [number, number, number];
  readonly chunks: readonly [number, number, number];
  readonly maxshape: readonly (number | null)[];
  readonly end: number;
  readonly libver: "earliest" | "v108" | "v110" | "latest";
}

/** What keeps the dataset from being read, if anything. */
async function refusal(made: Case): Promise<string | undefined> {
  const folder = Deno.makeTempDirSync();
  try {
    const path = join(folder, "v.hdf");
    await h5.ready;
    const libver: ["earliest" | Case["libver"], "latest"] = [
      made.libver,
      "latest",
    ];
    const file = new h5.File(path, "w", { libver });
    const [, height, width] = made.shape;
    const count = made.end * height * width;
    const dataset = file.create_dataset({
      name: "raw",
      data: new Uint8Array(count).fill(7),
      shape: [made.end, height, width],
      maxshape: [...made.maxshape],
      chunks: [...made.chunks],
    });
    if (made.end !== made.shape[0]) dataset.resize([...made.shape]);
    file.close();
    using opened = await openHdf5(path);
    try {
      const { notes } = opened.dataset("raw");
      assert.deepEqual(notes, []); // that it is whole is known, not supposed
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Every index of chunks there is, by how it comes about. */
const indices: Readonly<Record<string, Omit<Case, "end">>> = {
  "a B-tree": {
    libver: "earliest",
    shape: [9, 30, 20],
    chunks: [2, 7, 6],
    maxshape: [9, null, null],
  },
  "a B-tree of many nodes": {
    libver: "v108",
    shape: [20, 30, 30],
    chunks: [1, 2, 3],
    maxshape: [20, 30, 30],
  },
  "a fixed array": {
    libver: "latest",
    shape: [9, 30, 20],
    chunks: [2, 7, 6],
    maxshape: [12, 30, 26],
  },
  "a fixed array with pages": {
    libver: "latest",
    shape: [20, 30, 30],
    chunks: [1, 1, 3],
    maxshape: [20, 30, 30],
  },
  "an extensible array": {
    libver: "latest",
    shape: [9, 30, 20],
    chunks: [2, 7, 6],
    maxshape: [null, 30, 20],
  },
  "an extensible array of many blocks": {
    libver: "latest",
    shape: [40, 30, 30],
    chunks: [1, 1, 2],
    maxshape: [null, 31, 30],
  },
  "a second B-tree": {
    libver: "latest",
    shape: [9, 30, 20],
    chunks: [2, 7, 6],
    maxshape: [null, null, 20],
  },
};

for (const [index, made] of Object.entries(indices)) {
  Deno.test(`storageOf() finds chunks that were never written in ${index}`, async () => {
    const { shape: [depth, height, width], chunks } = made;
    assertEquals(await refusal({ ...made, end: depth }), undefined);
    for (const end of [2 * chunks[0], 4 * chunks[0]]) {
      const of = (axis: 0 | 1 | 2, extent: number) =>
        Math.ceil(extent / chunks[axis]);
      const section = of(1, height) * of(2, width);
      const all = of(0, depth) * section;
      const message = await refusal({ ...made, end });
      assert.match(
        message!,
        new RegExp(
          `${
            all - of(0, end) * section
          } of its ${all} chunks were never written` +
            (index === "a second B-tree"
              ? "$"
              : `, the first at voxel ${end}, 0, 0$`),
        ),
      );
    }
  });
}

Deno.test("storageOf() knows a single chunk and one that grew into its last chunk", async () => {
  const one = {
    shape: [4, 5, 6],
    chunks: [4, 5, 6],
    maxshape: [4, 5, 6],
  } as const;
  for (const libver of ["earliest", "latest"] as const) {
    assertEquals(await refusal({ ...one, libver, end: 4 }), undefined);
    // Five of six sections: the last chunk of two is there.
    const grown = { ...one, shape: [6, 5, 6], maxshape: [6, 5, 6] } as const;
    assertEquals(
      await refusal({ ...grown, chunks: [2, 5, 6], libver, end: 5 }),
      undefined,
    );
  }
});

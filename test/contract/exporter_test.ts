import { deepStrictEqual, match, rejects } from "node:assert";
import { join } from "node:path";
import { defaultOptions, type Grid, isFolderOutput } from "@/core/mod.ts";
import { readPrediction } from "@/data/mod.ts";
import { type Exporter, exporters, type Slab } from "@/infer/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { assertEquals } from "@test/helpers.ts";

const head: Grid = {
  shapeVox: [3, 4, 5],
  voxelNm: [40, 4, 4],
  offsetNm: [0, 8, 4],
};

/** Slabs of one section that fail before the one of `failAt`. */
async function* slabs(failAt = Infinity): AsyncGenerator<Slab> {
  for (let startZ = 0; startZ < 3; startZ++) {
    if (startZ === failAt) throw new Error("the network failed");
    yield {
      startZ,
      sections: 1,
      probability: new Float32Array(20).fill(startZ / 4),
    };
  }
}

const all = exporters.components.map((component) => ({
  name: component.name,
  exporter: component.create(defaultOptions(component)),
}));

/** A path that an exporter is asked to write, in a folder of its own. */
function withPath(
  { endings }: Exporter,
  body: (path: string, folder: string) => Promise<void>,
) {
  return inTemporaryFolder((folder) =>
    body(join(folder, `p${endings[0]}`), folder)
  );
}

/** All that lies below a folder, by its path there. */
function contents(folder: string): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (!isDirectory) found.set(name, Deno.readFileSync(path));
    else {
      for (const [below, bytes] of contents(path)) {
        found.set(join(name, below), bytes);
      }
    }
  }
  return found;
}

Deno.test("exporters have endings of their own, none the end of another's", () => {
  const endings = all.flatMap(({ exporter }) => exporter.endings);
  for (const one of endings) {
    match(one, /^(\.[a-z0-9]+)+$/);
    deepStrictEqual(endings.filter((other) => other.endsWith(one)), [one]);
  }
});

for (const { name, exporter } of all) {
  Deno.test(`${name} writes what it was asked for, and nothing beside it`, () =>
    withPath(exporter, async (path, folder) => {
      await exporter.write(path, { head, slabs: slabs() });
      deepStrictEqual(
        [...Deno.readDirSync(folder)].map((one) => join(folder, one.name)),
        [path],
      );
    }));

  Deno.test(`${name} is read back as it was, and evaluated so`, () =>
    withPath(exporter, async (path) => {
      await exporter.write(path, { head, slabs: slabs() });
      const { probability, madeBy, ...grid } = await readPrediction(path);
      deepStrictEqual(grid, head);
      deepStrictEqual(madeBy, null);
      deepStrictEqual(
        probability,
        Float32Array.from({ length: 60 }, (_, i) => Math.floor(i / 20) / 4),
      );
      assertEquals(Deno.statSync(path).isDirectory, isFolderOutput(path));
    }));

  Deno.test(`${name} leaves what was there where slabs fail or end early`, () =>
    withPath(exporter, async (path, folder) => {
      async function* one() {
        for await (const slab of slabs()) {
          yield slab;
          return;
        }
      }
      const failing = () => exporter.write(path, { head, slabs: slabs(2) });
      await rejects(failing, { message: "the network failed" });
      await rejects(exporter.write(path, { head, slabs: one() }));
      assertEquals(contents(folder).size, 0);
      await exporter.write(path, { head, slabs: slabs() });
      const before = contents(folder);
      await rejects(failing, { message: "the network failed" });
      await rejects(exporter.write(path, { head, slabs: one() }));
      deepStrictEqual(contents(folder), before);
    }));

  Deno.test(`${name} refuses what is no probability`, () =>
    withPath(exporter, async (path, folder) => {
      async function* bad() {
        for await (const slab of slabs()) {
          if (slab.startZ === 1) slab.probability[7] = NaN;
          yield slab;
        }
      }
      await rejects(exporter.write(path, { head, slabs: bad() }), /NaN/);
      assertEquals(contents(folder).size, 0);
    }));

  Deno.test(`${name} writes over what it wrote`, () =>
    withPath(exporter, async (path, folder) => {
      await exporter.write(path, { head, slabs: slabs() });
      const before = contents(folder);
      await exporter.write(path, { head, slabs: slabs() });
      deepStrictEqual([...contents(folder).keys()], [...before.keys()]);
    }));
}

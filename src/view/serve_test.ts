import { deepStrictEqual, strictEqual } from "node:assert/strict";
import * as zarr from "zarrita";
import { type Box, sizeOf, type Zyx } from "@/core/mod.ts";
import type { Layer } from "./layer.ts";
import { serveLayers } from "./serve.ts";

const shapeVox: Zyx = [3, 70, 530];

/** A layer whose voxels tell where they are. */
function layer(name: string, kind: Layer["kind"]): Layer {
  const make = kind === "probability" ? Float32Array : Uint8Array;
  return {
    ...{ name, kind, shapeVox, voxelNm: [40, 4, 4], offsetNm: [80, 8, 0] },
    read: (box) =>
      new make(sizeOf(box.shapeVox)).map((_: number, at: number) =>
        valueAt(box, at)
      ),
  };
}

function valueAt(
  { startVox: [z0, y0, x0], shapeVox: [, h, w] }: Box,
  at: number,
) {
  const z = z0 + Math.floor(at / (h * w));
  const y = y0 + Math.floor(at / w) % h, x = x0 + at % w;
  return (31 * z + 7 * y + x) % 251;
}

async function serving(
  body: (base: string) => Promise<void>,
  layers: readonly Layer[],
): Promise<void> {
  const stop = new AbortController();
  const errors: unknown[] = [];
  const { base, finished } = serveLayers(layers, {
    ...{ viewer: "https://viewer.example/x", port: 0, signal: stop.signal },
    onError: (error) => errors.push(error),
  });
  try {
    await body(base);
  } finally {
    stop.abort();
    await finished;
  }
  deepStrictEqual(errors, []);
}

Deno.test("serveLayers() serves what another reader of Zarr reads, level by level", () =>
  serving(async (base) => {
    for (const name of ["raw", "prediction 2"]) {
      const root = zarr.root(
        new zarr.FetchStore(`${base}/${encodeURIComponent(name)}`),
      );
      const group = await zarr.open.v2(root, { kind: "group" });
      const [{ datasets }] = group.attrs["multiscales"] as never as [
        { datasets: readonly { coordinateTransformations: unknown }[] },
      ];
      deepStrictEqual(datasets.map((d) => d.coordinateTransformations), [
        [
          { type: "scale", scale: [40, 4, 4] },
          { type: "translation", translation: [80, 8, 0] },
        ],
        [
          { type: "scale", scale: [40, 8, 8] },
          { type: "translation", translation: [80, 10, 2] },
        ],
      ]);
      const fine = await zarr.get(
        await zarr.open.v2(root.resolve("0"), { kind: "array" }),
      );
      deepStrictEqual(fine.shape, shapeVox);
      const whole: Box = { startVox: [0, 0, 0], shapeVox };
      const values = Array.from(
        { length: sizeOf(shapeVox) },
        (_, at) => valueAt(whole, at),
      );
      deepStrictEqual([...fine.data as Uint8Array], values);
      const coarse = await zarr.get(
        await zarr.open.v2(root.resolve("1"), { kind: "array" }),
      );
      deepStrictEqual(coarse.shape, [3, 35, 265]);
      const at = (y: number, x: number) => values[(70 + y) * 530 + x]!;
      const mean = (at(68, 400) + at(68, 401) + at(69, 400) + at(69, 401)) / 4;
      strictEqual(
        (coarse.data as Uint8Array)[(35 + 34) * 265 + 200],
        name === "raw" ? Math.round(mean) : Math.fround(mean),
      );
    }
  }, [layer("raw", "image"), layer("prediction 2", "probability")]));

Deno.test("serveLayers() keeps thin clefts on coarse levels", () =>
  serving(async (base) => {
    const response = await fetch(`${base}/truth/1/0/0/3`);
    const chunk = new Uint8Array(await response.arrayBuffer());
    strictEqual(chunk.length, 64 ** 3);
    strictEqual(chunk[200 - 192], 1);
    strictEqual(chunk.filter((voxel) => voxel === 1).length, 3 * 35);
  }, [{
    ...layer("truth", "clefts"),
    read: (box) =>
      Uint8Array.from(
        { length: sizeOf(box.shapeVox) },
        (_, at) => (box.startVox[2] + at % box.shapeVox[2]) === 401 ? 1 : 0,
      ),
  }]));

Deno.test("serveLayers() answers none but the viewer's pages, and nothing that is not there", () =>
  serving(async (base) => {
    const status = async (url: string, init?: RequestInit) => {
      const response = await fetch(url, init);
      await response.body?.cancel();
      return response.status;
    };
    const response = await fetch(`${base}/raw/.zattrs`);
    strictEqual(
      response.headers.get("access-control-allow-origin"),
      "https://viewer.example",
    );
    await response.body?.cancel();
    strictEqual(await status(`${base}/raw/0/0/0/8`), 200);
    for (
      const path of [
        "raw/0/0/0/9",
        "raw/2/.zarray",
        "raw/2/0/0/0",
        "raw/0/0/0",
        "other/.zattrs",
        "raw",
      ]
    ) {
      strictEqual(await status(`${base}/${path}`), 404, path);
    }
    strictEqual(
      await status(`${base}/raw/.zattrs`, { method: "OPTIONS" }),
      204,
    );
    strictEqual(await status(`${base}/raw/.zattrs`, { method: "POST" }), 405);
    strictEqual(await statusAs("evil.example", base), 403);
    strictEqual(await statusAs("127.0.0.1", base), 200);
    const { origin } = new URL(base);
    strictEqual(
      await status(`${origin}/${crypto.randomUUID()}/raw/.zattrs`),
      404,
    );
  }, [layer("raw", "image")]));

/** What a page hears that took the address of this machine for its own name. */
async function statusAs(host: string, base: string): Promise<number> {
  const { port, pathname } = new URL(base);
  using connection = await Deno.connect({ port: Number(port) });
  const lines = [`GET ${pathname}/raw/.zattrs HTTP/1.1`, `Host: ${host}`];
  const request = [...lines, "Connection: close", "", ""].join("\r\n");
  await connection.write(new TextEncoder().encode(request));
  const answer = await new Response(connection.readable).text();
  return Number(answer.split(" ")[1]);
}

Deno.test("serveLayers() tells of a volume that cannot be read, and goes on", async () => {
  const stop = new AbortController();
  const errors: unknown[] = [];
  const broken: Layer = {
    ...layer("raw", "image"),
    read: () => {
      throw new Error("gone");
    },
  };
  const { base, finished } = serveLayers([broken], {
    ...{ viewer: "https://viewer.example", port: 0, signal: stop.signal },
    onError: (error) => errors.push(error),
  });
  for (const expected of [500, 200]) {
    const path = expected === 500 ? "0/0/0/0" : ".zattrs";
    const response = await fetch(`${base}/raw/${path}`);
    await response.body?.cancel();
    strictEqual(response.status, expected);
  }
  stop.abort();
  await finished;
  deepStrictEqual(errors.map((error) => (error as Error).message), ["gone"]);
});

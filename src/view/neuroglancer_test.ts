import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type { Layer, LayerKind } from "./layer.ts";
import { neuroglancerLink } from "./neuroglancer.ts";

function layer(name: string, kind: LayerKind): Layer {
  return {
    ...{ name, kind, shapeVox: [2, 3, 4], voxelNm: [40, 4, 4] },
    ...{ offsetNm: [400, 8, 0], read: () => new Uint8Array() },
  };
}

Deno.test("neuroglancerLink() names each layer, and begins where it is told", () => {
  const link = neuroglancerLink(
    [
      layer("raw", "image"),
      layer("prediction 2", "probability"),
      layer("truth", "clefts"),
    ],
    {
      base: "http://127.0.0.1:9/s",
      viewer: "https://v.example/",
      atVox: [1, 2, 3],
    },
  );
  match(link, /^https:\/\/v\.example\/#!%7B[^{}\s"]*$/);
  const state = JSON.parse(decodeURIComponent(link.split("#!")[1]!));
  deepStrictEqual(state.dimensions, {
    z: [4e-8, "m"],
    y: [4e-9, "m"],
    x: [4e-9, "m"],
  });
  deepStrictEqual(state.position, [11.5, 4.5, 3.5]);
  deepStrictEqual(state.displayDimensions, ["x", "y", "z"]);
  deepStrictEqual(
    state.layers.map((
      { type, source }: Record<string, string>,
    ) => [type, source]),
    [
      ["image", "zarr2://http://127.0.0.1:9/s/raw"],
      ["image", "zarr2://http://127.0.0.1:9/s/prediction%202"],
      ["segmentation", "zarr2://http://127.0.0.1:9/s/truth"],
    ],
  );
  strictEqual(state.layers[1].name, "prediction 2");
});

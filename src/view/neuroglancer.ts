import { mapZyx, type Zyx } from "@/core/mod.ts";
import type { Layer, LayerKind } from "./layer.ts";

/** Where Neuroglancer's authors serve it. */
export const publicNeuroglancer = "https://neuroglancer-demo.appspot.com";

/** What colours probabilities: clear at 0, warm above. */
const heat = `#uicontrol invlerp normalized(range=[0, 1])
void main() {
  float p = normalized();
  emitRGBA(vec4(1.0, 0.65 * p, 0.1, p));
}
`;

const grey = "#uicontrol invlerp normalized(range=[0, 255])\n" +
  "void main() { emitGrayscale(normalized()); }\n";

const looks: Readonly<Record<LayerKind, object>> = {
  image: { type: "image", shader: grey },
  probability: { type: "image", shader: heat, opacity: 0.8, blend: "default" },
  clefts: {
    type: "segmentation",
    segments: ["1"],
    segmentColors: { 1: "#35b7c8" },
    selectedAlpha: 0.4,
  },
};

/**
 * A link that opens layers in Neuroglancer, one above the other, at a place.
 *
 * @param base Where the layers are served, without a slash at its end.
 * @param viewer Where Neuroglancer is.
 * @param atVox The place, in voxels of the first layer.
 */
export function neuroglancerLink(
  layers: readonly [Layer, ...Layer[]],
  { base, viewer, atVox }: {
    readonly base: string;
    readonly viewer: string;
    readonly atVox: Zyx;
  },
): string {
  const [{ voxelNm, offsetNm }] = layers;
  const dimensions = Object.fromEntries(
    ["z", "y", "x"].map((name, axis) => [name, [voxelNm[axis]! * 1e-9, "m"]]),
  );
  const state = {
    dimensions,
    position: mapZyx((a) => offsetNm[a] / voxelNm[a] + atVox[a] + 0.5),
    crossSectionScale: 1,
    // Sections as they were cut: x to the right, y down.
    crossSectionOrientation: [0, 0, 0, 1],
    displayDimensions: ["x", "y", "z"],
    layout: "xy",
    layers: layers.map(({ name, kind }) => ({
      ...looks[kind],
      name,
      source: `zarr2://${base}/${encodeURIComponent(name)}`,
    })),
  };
  return `${viewer.replace(/\/$/, "")}/#!${
    encodeURIComponent(JSON.stringify(state))
  }`;
}

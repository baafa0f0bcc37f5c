import type { Zyx } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import { activation } from "../activation.ts";
import { norms } from "../norm/mod.ts";
import { Sight } from "../sight.ts";
import { Declaration } from "../weights.ts";
import { blocks } from "./mod.ts";

/** A block of an entry, from 2 channels to 4, without normalisation. */
export function blockOf(
  entry: { readonly type: string; readonly [option: string]: unknown },
  { level = 0, kernelVox = [1, 3, 3] }: {
    readonly level?: number;
    readonly kernelVox?: Zyx;
  } = {},
): Layer {
  return blocks.create(blocks.schema.parse(entry))({
    inputs: 2,
    outputs: 4,
    kernelVox,
    norm: norms.create(norms.schema.parse({ type: "none" })),
    activate: activation("elu"),
    level,
  });
}

/** The shapes of a layer's kernels by their names, in their order. */
export function kernelsOf(layer: Layer): Readonly<Record<string, string>> {
  const declaration = new Declaration();
  layer.declare(declaration);
  return Object.fromEntries(
    declaration.specs.filter(({ name }) => name.endsWith("/kernel"))
      .map(({ name, shape }) => [name.slice(0, -7), shape.join(" ")]),
  );
}

/** Voxels that a layer looks to each side. */
export function reachOf(layer: Layer): number[] {
  const image = Sight.ofImage([1, 1, 1]);
  const { sight } = layer.see({ sight: image, channels: 2 });
  return sight.receptiveVox.map((extent) => (extent - 1) / 2);
}

import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import type { BlockPlace } from "../block/mod.ts";
import { compose, type Parts, sequence } from "../compose.ts";
import { convNorm, type ConvShape } from "../unit.ts";

/** Blocks of each stage; deep ones have three convolutions, others two. */
const kinds = {
  resnet18: { blocks: [2, 2, 2, 2], isDeep: false },
  resnet34: { blocks: [3, 4, 6, 3], isDeep: false },
  resnet50: { blocks: [3, 4, 6, 3], isDeep: true },
  resnet101: { blocks: [3, 4, 23, 3], isDeep: true },
} as const;

/** The name of a ResNet. */
export type ResNetName = keyof typeof kinds;

/** The names an experiment can use. */
export const resNetNames = Object.keys(kinds) as [ResNetName, ...ResNetName[]];

/** A stage of a ResNet, whose blocks are on one grid. */
export interface ResNetStage {
  /** Its layer, which enlarges the voxels by the stride first. */
  readonly layer: Layer;
  /** Channels of its features. */
  readonly channels: number;
}

/** Where a ResNet's convolutions stand. */
export type ResNetPlace = Pick<BlockPlace, "norm" | "activate" | "init"> & {
  /** Channels of the image. */
  readonly inputs: number;
  /** Channels of the stem and of the blocks of the first stage. */
  readonly width: number;
  /** Stages from the first one, up to 4. */
  readonly stages: number;
};

/** An encoder of images, section by section. */
export interface ResNet {
  /** A convolution of 7 × 7 voxels around every second one. */
  readonly stem: Layer;
  /** The stages; the stem's features are pooled before the first. */
  readonly stages: readonly ResNetStage[];
  /** Whether its blocks have three convolutions. */
  readonly isDeep: boolean;
}

/**
 * The encoder of a ResNet (He et al. 2016) as torchvision builds it, with names
 * like its own: `layer1.0.conv1` and `layer1.0.bn1` are `layer1/0/conv1` here,
 * `downsample.0` and `.1` are `downsample`.
 */
export function resNet(name: ResNetName, place: ResNetPlace): ResNet {
  const { blocks, isDeep } = kinds[name];
  const { norm, activate, init, width } = place;
  const unit = (shape: ConvShape, isLast = false) =>
    convNorm(
      { ...shape, isCentred: true, ...init && { init } },
      norm,
      isLast ? {} : { activate },
    );
  const block = (inputs: number, inner: number, stride: 1 | 2): Layer => {
    const strides: Zyx = [1, stride, stride];
    const outputs = isDeep ? 4 * inner : inner;
    const chain: Parts = isDeep
      ? {
        conv1: unit({
          ...at(inputs, inner, one),
          perVoxel: stride * stride, // before the stride
        }),
        conv2: unit({ ...at(inner, inner, three), strides }),
        conv3: unit(at(inner, outputs, one), true),
      }
      : {
        conv1: unit({ ...at(inputs, inner, three), strides }),
        conv2: unit(at(inner, inner, three), true),
      };
    const changes = stride > 1 || inputs !== outputs;
    const shortcut = { ...at(inputs, outputs, one), strides };
    const parts = {
      ...chain,
      ...changes && { downsample: unit(shortcut, true) },
    };
    return compose(parts, (flow, x) => {
      const kept = changes ? flow.through("downsample", x) : x;
      const y = Object.keys(chain)
        .reduce((y, part) => flow.through(part, y), x);
      return flow.each((y, kept) => activate(tf.add(y, kept)), y, kept);
    });
  };
  const stages: ResNetStage[] = [];
  let inputs = width;
  for (const [i, count] of blocks.slice(0, place.stages).entries()) {
    const inner = width * 2 ** i, stride = i === 0 ? 1 : 2;
    const channels = isDeep ? 4 * inner : inner;
    const layers: Record<string, Layer> = {};
    for (let b = 0; b < count; b++) {
      layers[b] = block(inputs, inner, b === 0 ? stride : 1);
      inputs = channels;
    }
    stages.push({ layer: sequence(layers), channels });
  }
  const stem = unit({
    ...at(place.inputs, width, [1, 7, 7]),
    strides: [1, 2, 2],
  });
  return { stem, stages, isDeep };
}

const one: Zyx = [1, 1, 1], three: Zyx = [1, 3, 3];

/** A convolution between so many channels. */
export function at(inputs: number, outputs: number, kernelVox: Zyx): ConvShape {
  return { inputs, outputs, kernelVox };
}

import {
  type Attribute,
  attributeTypes,
  dataTypes,
  type TensorMeta,
  type TensorSpec,
  typeAttribute,
} from "./types.ts";

/** What {@linkcode Halves} needs of the binding. */
export interface HalfMachine {
  /** Runs or records an operation as it stands. */
  run(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMeta[];
  /** Extents and type of a tensor. */
  specOf(id: number): TensorSpec;
  /** Lets a tensor go. */
  deleteTensor(id: number): void;
}

/** Which operations compute with 16 bits. */
export interface HalfPolicy {
  /** Those that always do: where the time goes. */
  readonly always: ReadonlySet<string>;
  /**
   * Those between them, with the inputs that are features: they do where all of
   * those have come in 16 bits already.
   */
  readonly between: ReadonlyMap<string, readonly number[]>;
  /** Those that only hand their one input on: what came in 16 bits stays so. */
  readonly passing: ReadonlySet<string>;
  /** The channels of a normalisation are a multiple of this, or 32 bits are faster. */
  readonly normalisedChannels: number;
}

/** Convolutions, and products of matrices, which kernels of one voxel are. */
export const convolutions: ReadonlySet<string> = new Set([
  "Conv3D",
  "Conv3DBackpropFilterV2",
  "Conv3DBackpropInputV2",
  "MatMul",
]);

/** Operations that stand between convolutions in every network, for {@linkcode HalfPolicy.between}. */
export const commonBetween: HalfPolicy["between"] = new Map([
  ["Relu", [0]],
  ["ReluGrad", [0, 1]],
  ["FusedBatchNormV3", [0]],
  ["FusedBatchNormGradV3", [0, 1]],
  ["Add", [0, 1]],
  ["AddV2", [0, 1]],
  ["MaxPool", [0]],
  ["MaxPoolGrad", [0, 1, 2]],
  ["Reshape", [0]],
]);

/** What attributes that name the type of features are called. */
const typesOfFeatures: ReadonlySet<string> = new Set(["T", "SrcT", "DstT"]);

/** Numbers up to which an input, such as a bias, is cast rather than waited for. */
const smallSize = 4096;

/**
 * Half precision (`bf16`): convolutions compute with 16 bits, and so does what
 * lies between them. To the outside every tensor has 32 bits; the 16 bits it
 * was widened from stay beside it as its twin, so that the next operation need
 * not cast and, in a traced function, nobody widens what nobody reads.
 */
export class Halves {
  readonly #policy: HalfPolicy;
  readonly #machine: HalfMachine;
  /** A tensor of 32 bits to the same one of 16. */
  readonly #twins = new Map<number, number>();

  /** Begins without twins. */
  constructor(policy: HalfPolicy, machine: HalfMachine) {
    this.#policy = policy;
    this.#machine = machine;
  }

  /** Runs an operation with 16 bits where it should be; null where not. */
  execute(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMeta[] | null {
    const features = this.#featuresOf(type, attributes, inputs);
    if (!features) return null;
    const halves = inputs.map((id, i) =>
      features.includes(i) ? this.#halfOf(id) : id
    );
    const inHalf = attributes.map((attribute) =>
      typesOfFeatures.has(attribute.name)
        ? typeAttribute(attribute.name, dataTypes.TF_BFLOAT16)
        : attribute
    );
    return this.#machine.run(type, inHalf, halves, outputs)
      .map((meta) => this.widened(meta));
  }

  /** The twin of a tensor if it has one and may be handed on; else the tensor. */
  passed(id: number): number {
    const hands = this.#policy.passing.size > 0;
    return hands ? this.#twins.get(id) ?? id : id;
  }

  /** A tensor of 16 bits as one of 32 that has it as its twin; others as they are. */
  widened(meta: TensorMeta): TensorMeta {
    const { TF_FLOAT, TF_BFLOAT16 } = dataTypes;
    if (meta.dtype !== TF_BFLOAT16) return meta;
    const wide = this.#cast(meta.id, TF_BFLOAT16, TF_FLOAT);
    this.#twins.set(wide.id, meta.id);
    return wide;
  }

  /** Lets the twin of a tensor go. */
  forget(id: number): void {
    const twin = this.#twins.get(id);
    if (twin === undefined) return;
    this.#twins.delete(id);
    this.#machine.deleteTensor(twin);
  }

  /** The numbers of the inputs that are to be in 16 bits, or null for none. */
  #featuresOf(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
  ): readonly number[] | null {
    const { always, between, passing } = this.#policy;
    if (passing.has(type)) {
      const isSame = attributes.every(({ name, value }) =>
        !typesOfFeatures.has(name) || value === dataTypes.TF_FLOAT
      );
      return isSame && this.#twins.has(inputs[0]!) ? [0] : null;
    }
    if (always.has(type)) {
      return inputs.flatMap((id, i) =>
        this.#machine.specOf(id).dtype === dataTypes.TF_FLOAT ? [i] : []
      );
    }
    const features = between.get(type);
    if (!features) return null;
    const ids = features.map((i) => inputs[i]!);
    const isReady = ids.some((id) => this.#twins.has(id)) &&
      ids.every((id) => this.#twins.has(id) || this.#isSmall(id)) &&
      !(type.startsWith("FusedBatchNorm") && this.#isNarrow(ids[0]!));
    return isReady ? features : null;
  }

  #isSmall(id: number): boolean {
    const size = this.#machine.specOf(id).shape.reduce(
      (product, n) => product * n,
      1,
    );
    return size <= smallSize;
  }

  #isNarrow(id: number): boolean {
    const channels = this.#machine.specOf(id).shape.at(-1)!;
    return channels % this.#policy.normalisedChannels !== 0;
  }

  #halfOf(id: number): number {
    const known = this.#twins.get(id);
    if (known !== undefined) return known;
    const { TF_FLOAT, TF_BFLOAT16 } = dataTypes;
    const half = this.#cast(id, TF_FLOAT, TF_BFLOAT16).id;
    this.#twins.set(id, half);
    return half;
  }

  #cast(id: number, from: number, to: number): TensorMeta {
    return this.#machine.run(
      "Cast",
      [
        typeAttribute("SrcT", from),
        typeAttribute("DstT", to),
        { name: "Truncate", type: attributeTypes.TF_ATTR_BOOL, value: false },
      ],
      [id],
      1,
    )[0]!;
  }
}

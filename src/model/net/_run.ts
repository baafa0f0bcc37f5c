import * as tf from "@tensorflow/tfjs-core";
import { Computation, partOf } from "../compose.ts";
import type { NetFlow, NetResult } from "../flow.ts";
import type { Declaration, Scope } from "../weights.ts";
import type { Net } from "./_net.ts";

/** Adds the weights of a network. */
export function declareNet(net: Net, weights: Declaration): void {
  for (const [name, base] of Object.entries(net.bases ?? {})) {
    declareNet(base, weights.in(name));
  }
  for (const [name, part] of Object.entries(net.parts)) {
    part.declare(weights.in(name));
  }
}

/** An image on its way through a network. */
export class Run extends Computation implements NetFlow<tf.Tensor5D> {
  readonly #net: Net;
  readonly #weights: Scope;

  /** Takes the network and its weights. */
  constructor(net: Net, weights: Scope) {
    super(net.parts, weights);
    this.#net = net;
    this.#weights = weights;
  }

  /** Whether it is trained. */
  get isTraining(): boolean {
    return this.#weights.isTraining;
  }

  /** Whatever the body leads through. */
  stop(_name: string, body: () => tf.Tensor5D): tf.Tensor5D {
    return body();
  }

  /** Through a network that it is built on. */
  base(name: string, image: tf.Tensor5D): NetResult {
    const base = partOf(this.#net.bases ?? {}, name);
    return base.lead(new Run(base, this.#weights.in(name)), image);
  }

  /** Sections as samples. */
  bySection(
    image: tf.Tensor5D,
    body: (sections: tf.Tensor5D) => NetResult,
  ): NetResult {
    const [n, d, ...section] = image.shape;
    const asVolumes = (x: tf.Tensor5D) =>
      tf.reshape<tf.Rank.R5>(x, [n, d, ...x.shape.slice(2)] as Shape);
    const sections = [n * d, 1, ...section] as unknown as Shape;
    const result = body(tf.reshape(image, sections));
    return {
      logits: result.logits.map(asVolumes),
      features: asVolumes(result.features),
    };
  }
}

type Shape = tf.Tensor5D["shape"];

import type { Zyx } from "@/core/mod.ts";
import type { Layer, Seen } from "../_layer.ts";
import { partOf, seenBeside, seenTogether } from "../compose.ts";
import type { NetFlow, NetResult } from "../flow.ts";
import { Sight } from "../sight.ts";
import { Declaration } from "../weights.ts";
import { checkPatchDivides } from "./_fit.ts";
import type { Net } from "./_net.ts";
import type { Stage } from "./_stage.ts";

/**
 * A network's stops for a patch, from the image to the logits.
 *
 * @throws {ExperimentError} If the patch does not fit; names the axis, the
 * level and the nearest extents that do.
 */
export function stagesOf(net: Net, patchVox: Zyx): readonly Stage[] {
  checkPatchDivides(patchVox, net.poolsVox);
  const stops: Stage[] = [];
  const sight = Sight.ofImage(patchVox);
  net.lead(new Survey(net, { stops }), { sight, channels: 1, from: ["image"] });
  return stops;
}

/** What is known of features, and the stops that they come from. */
interface Found extends Seen {
  readonly from: readonly string[];
}

/** Goes through a network and writes its stops down. */
class Survey implements NetFlow<Found> {
  readonly isTraining = false;
  readonly #net: Net;
  readonly #stops: Stage[];
  readonly #prefix: string;
  #isWithinStop = false;

  constructor(
    net: Net,
    { stops, prefix = "" }: { stops: Stage[]; prefix?: string },
  ) {
    this.#net = net;
    this.#stops = stops;
    this.#prefix = prefix;
  }

  through(part: string, features: Found): Found {
    const layer = partOf(this.#net.parts, part);
    const found = { from: features.from, ...layer.see(features) };
    return hasWeights(layer) ? this.stop(part, () => found) : found;
  }

  each(_map: unknown, ...features: Found[]): Found {
    return { ...seenTogether(features), from: originsOf(features) };
  }

  concat(features: readonly Found[]): Found {
    return { ...seenBeside(features), from: originsOf(features) };
  }

  stop(stopName: string, body: () => Found): Found {
    if (this.#isWithinStop) return body();
    this.#isWithinStop = true;
    const found = body();
    this.#isWithinStop = false;
    const { from, channels, sight: { shapeVox, receptiveVox } } = found;
    const { isRecomputed } = this.#net;
    const name = this.#prefix + stopName;
    this.#stops.push(
      { name, from, channels, shapeVox, receptiveVox, isRecomputed },
    );
    return { ...found, from: [name] };
  }

  base(name: string, image: Found): NetResult<Found> {
    const base = partOf(this.#net.bases ?? {}, name);
    const prefix = `${this.#prefix}${name}/`;
    return base.lead(new Survey(base, { stops: this.#stops, prefix }), image);
  }

  bySection(
    image: Found,
    body: (sections: Found) => NetResult<Found>,
  ): NetResult<Found> {
    return body(image);
  }
}

/** The stops that features come from, each once. */
function originsOf(features: readonly Found[]): string[] {
  return [...new Set(features.flatMap(({ from }) => from))];
}

/** Whether a layer has numbers of its own. */
function hasWeights(layer: Layer): boolean {
  const declaration = new Declaration();
  layer.declare(declaration);
  return declaration.specs.length > 0;
}

import type { PartnerPlace, Zyx } from "@/core/mod.ts";
import type { Canvas } from "./canvas.ts";
import { pixelsOf } from "./cleft.ts";
import type { Site } from "./site.ts";
import type { Tissue } from "./tissue.ts";

/** Nanometres between a site and the boundary: of a T-bar, and across the cleft. */
const preNm = [-45, -20] as const, postNm = [6, 16] as const;

/** A cell that shows less than this much of its boundary there is no partner. */
const leastNm2 = 2000;

/** What of another cell lies across a synapse. */
interface Contact {
  readonly places: Zyx[];
  areaNm2: number;
}

/**
 * Gathers, section by section, what lies on the two sides of a phantom's
 * synapses, and says which cells are partners there.
 */
export class Contacts {
  readonly #tissue: Tissue;
  readonly #synapses: readonly {
    readonly site: Site;
    readonly contacts: Map<number, Contact>;
    pre: { readonly place: Zyx; readonly away: number } | null;
  }[];

  /** Begins with none. */
  constructor(tissue: Tissue, sites: readonly Site[]) {
    this.#tissue = tissue;
    this.#synapses = sites.filter(({ isSynapse }) => isSynapse)
      .map((site) => ({ site, contacts: new Map(), pre: null }));
  }

  /** Adds what a painted section shows. */
  add(z: number, canvas: Canvas): void {
    const { grid: { stepNm: [dy, dx], shape: [, width] } } = canvas;
    for (const synapse of this.#synapses) {
      const pixels = pixelsOf(synapse.site, { tissue: this.#tissue, canvas });
      for (const { i, partner, d, away } of pixels) {
        const place: Zyx = [z, Math.floor(i / width), i % width];
        if (d >= preNm[0] && d <= preNm[1]) {
          if (!synapse.pre || away < synapse.pre.away) {
            synapse.pre = { place, away };
          }
        }
        if (d < postNm[0] || d > postNm[1] || away > synapse.site.radiusNm) {
          continue;
        }
        const contact = synapse.contacts.get(partner) ??
          { places: [], areaNm2: 0 };
        contact.places.push(place);
        // A strip so wide across the boundary, and as long as the section shows.
        contact.areaNm2 += dy * dx * canvas.thicknessNm /
          (postNm[1] - postNm[0]);
        synapse.contacts.set(partner, contact);
      }
    }
  }

  /** The partners, synapse by synapse: from the T-bar to the middle of each contact. */
  pairs(): readonly PartnerPlace[] {
    return this.#synapses.flatMap(({ pre, contacts }) =>
      pre
        ? [...contacts.values()]
          .filter(({ areaNm2 }) => areaNm2 >= leastNm2)
          .map(({ places }) => ({
            preVox: pre.place,
            postVox: middleOf(places),
          }))
        : []
    );
  }
}

/** The place that is nearest to the mean of all. */
function middleOf(places: readonly Zyx[]): Zyx {
  const mean = [0, 1, 2].map((axis) =>
    places.reduce((sum, place) => sum + place[axis]!, 0) / places.length
  );
  const square = (place: Zyx) =>
    place.reduce((sum, at, axis) => sum + (at - mean[axis]!) ** 2, 0);
  return places.reduce((best, place) =>
    square(place) < square(best) ? place : best
  );
}

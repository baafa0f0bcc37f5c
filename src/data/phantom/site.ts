import type { Rng } from "@/core/mod.ts";
import { cutTissue } from "./cut.ts";
import type { Tissue } from "./tissue.ts";

/** A specialised patch of a cell's boundary. */
export interface Site {
  /** Its centre, on the boundary. */
  readonly zNm: number;
  /** Its centre, on the boundary. */
  readonly yNm: number;
  /** Its centre, on the boundary. */
  readonly xNm: number;
  /** The presynaptic cell; of an adherens junction one of the two. */
  readonly cell: number;
  /** How far it reaches along the boundary. */
  readonly radiusNm: number;
  /** A synapse with cleft, T-bar and vesicles, or a junction that only looks dark. */
  readonly isSynapse: boolean;
  /** How dark it is, around 1. */
  readonly strength: number;
}

/** How many of each kind of site, per cubic micrometre. */
export interface SiteDensity {
  /** Synapses. */
  readonly synapsesPerUm3: number;
  /** Adherens junctions: dark on both sides, no cleft. */
  readonly junctionsPerUm3: number;
}

/** Boundaries are looked for this far apart, in depth and in the section. */
const lookNm = { depth: 50, step: 14 };

/**
 * Chooses places on boundaries for synapses (an axon on one side, no glia) and
 * for adherens junctions, none near another.
 */
export function placeSites(
  tissue: Tissue,
  { synapsesPerUm3, junctionsPerUm3 }: SiteDensity,
  rng: Rng,
): Site[] {
  const [depth, height, width] = tissue.extentNm;
  const um3 = depth * height * width / 1e9;
  const places = findBoundaries(tissue);
  const sites: Site[] = [];
  const place = (isSynapse: boolean, count: number, stream: Rng) => {
    const fitting = places.filter((p) => p.canBeSynapse || !isSynapse);
    if (fitting.length === 0) return;
    for (let tries = 0, left = count; left > 0 && tries < 50 * count; tries++) {
      const found = fitting[stream.integer(fitting.length)]!;
      const isFree = sites.every((s) =>
        Math.hypot(s.zNm - found.zNm, s.yNm - found.yNm, s.xNm - found.xNm) >
          380
      );
      if (!isFree) continue;
      left--;
      sites.push({
        ...found,
        isSynapse,
        // No site reaches around its cell.
        radiusNm: Math.min(
          stream.uniform(120, 220),
          tissue.cells[found.cell]!.radiusNm,
        ),
        strength: stream.uniform(0.8, 1.2),
      });
    }
  };
  place(true, Math.max(1, Math.round(synapsesPerUm3 * um3)), rng.at("synapse"));
  place(false, Math.round(junctionsPerUm3 * um3), rng.at("junction"));
  return sites;
}

interface Place extends Pick<Site, "zNm" | "yNm" | "xNm" | "cell"> {
  readonly canBeSynapse: boolean;
}

/** Places on boundaries between neurites that are not cut too obliquely. */
function findBoundaries(tissue: Tissue): Place[] {
  const [depth, height, width] = tissue.extentNm;
  const { step } = lookNm;
  const shape = [Math.ceil(height / step), Math.ceil(width / step)] as const;
  const kinds = tissue.cells.map((cell) => cell.kind);
  const places: Place[] = [];
  for (let zNm = lookNm.depth / 2; zNm < depth; zNm += lookNm.depth) {
    const { cell, other, distanceNm, slope } = cutTissue(tissue, {
      zNm,
      grid: {
        startNm: [0, 0],
        stepNm: [step, step],
        shape,
      },
    });
    for (let i = 0; i < cell.length; i++) {
      const a = cell[i]!, b = other[i]!;
      if (distanceNm[i]! > step / 2 || slope[i]! > 0.6) continue;
      if (kinds[a] === "glia" || kinds[b] === "glia") continue;
      places.push({
        zNm,
        yNm: Math.floor(i / shape[1]) * step,
        xNm: i % shape[1] * step,
        cell: a,
        canBeSynapse: kinds[a] === "axon" && tissue.cells[a]!.radiusNm > 110,
      });
    }
  }
  return places;
}

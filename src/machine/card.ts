import { Nvml, type NvmlCard, nvmlLibraries } from "./_nvml.ts";
import type { MachineSource, OpenSource, Watched } from "./source.ts";

const busy = {
  name: "system.gpuPercent",
  label: "Graphics card",
  unit: "%",
  summary: "Share of the time in which the card computed, the mean of several",
  kept: "mean",
} as const;
const memory = {
  name: "system.gpuMemoryMiB",
  label: "Memory of the card",
  unit: "MiB",
  summary: "Memory of the cards that all programs hold, with what they reserve",
  kept: "highest",
} as const;
const power = {
  name: "system.gpuPowerW",
  label: "Power of the card",
  unit: "W",
  summary: "What the cards of the run take",
  kept: "mean",
} as const;
const energy = {
  name: "system.gpuEnergyKWh",
  label: "Energy of the card",
  unit: "kWh",
  summary: "Energy that the cards of the run took meanwhile, for all programs",
  kept: "total",
} as const;

/** The cards that compute, where they are NVIDIA's. */
export const card: MachineSource = {
  name: "graphics card",
  numbers: [busy, memory, power, energy],
  isOfCards: true,
  open(watched) {
    if (watched.cards === 0) return null;
    const library = nvmlLibraries[Deno.build.os];
    if (!library) throw new Error("only NVIDIA's cards tell, by NVML");
    return openCards(watched, library);
  },
};

/**
 * Reads cards by the NVML in a file.
 *
 * @throws {Error} If it cannot be used, or shows none.
 */
export function openCards(
  { cards: count }: Pick<Watched, "cards">,
  library: string,
): OpenSource {
  using opening = new DisposableStack();
  const nvml = opening.use(new Nvml(library));
  const cards = visible(nvml.cards(), Deno.env.get("CUDA_VISIBLE_DEVICES"))
    .slice(0, count);
  if (cards.length === 0) throw new Error("NVML shows none that a run sees");
  let before = sum(cards.map((card) => card.joules()));
  const open = opening.move();
  return {
    read() {
      const of = (ask: (card: NvmlCard) => number | null) =>
        sum(cards.map(ask));
      const after = of((card) => card.joules());
      const told = {
        [busy.name]: of((card) => card.busyPercent()) / cards.length,
        [memory.name]: of((card) => card.usedBytes()) / 2 ** 20,
        [power.name]: of((card) => card.watts()),
        [energy.name]: (after - before) / 3.6e6,
      };
      before = after;
      return Object.fromEntries(
        Object.entries(told).filter(([, value]) => !Number.isNaN(value)),
      );
    },
    [Symbol.dispose]: () => open.dispose(),
  };
}

/** Cards a process may see by `CUDA_VISIBLE_DEVICES`: numbers, or how ids begin. */
function visible(
  cards: readonly NvmlCard[],
  variable: string | undefined,
): readonly NvmlCard[] {
  if (variable === undefined) return cards;
  const seen: NvmlCard[] = [];
  for (const word of variable.split(",").map((word) => word.trim())) {
    const found = /^\d+$/.test(word)
      ? cards[Number(word)]
      : word !== "" && cards.find(({ uuid }) => uuid.startsWith(word));
    if (!found) break; // CUDA sees none after a name that means none
    seen.push(found);
  }
  return seen;
}

/** NaN if one of them is not told. */
function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((all, value) => all + (value ?? NaN), 0);
}

import { smallPhantom, smallPlan, type Workplace } from "../run/_testing.ts";
import type { SearchMatrix } from "./plan_search.ts";

/** Trials of six steps, of which the best of three goes on after two. */
function searchOf(rates: readonly number[]): SearchMatrix {
  const plans = (test: readonly unknown[]) =>
    rates.map((learningRate) =>
      smallPlan({
        optimizer: { type: "adam", learningRate },
        data: { test },
        train: { validateEvery: 4 },
      })
    );
  return {
    name: "small",
    axes: [{ name: "trial", values: rates.map((_, i) => `${i + 1}`) }],
    variants: plans([]).map((plan, i) => ({
      values: { trial: `${i + 1}` },
      plan,
    })),
    search: {
      ...{ draw: "random", seed: 1 },
      rungs: [{ volume: 4, trials: rates.length }, { volume: 12, trials: 1 }],
      chosen: plans([smallPhantom(5)]),
    },
  };
}

/** A search of three. */
export const three = searchOf([0.001, 0.03, 0.1]);

/** Every run of a trial, in their order: its trial, state, and whether it is tested. */
export function runsIn(place: Workplace) {
  using records = place.records();
  return records.runs().map(({ id, variant, state, trainedBy }) => {
    const last = records.lastMetrics(id);
    const isTested = "test/best.ap" in last;
    const [first] = records.metrics(id, { split: "validation", name: "ap" });
    return {
      trial: variant!.trial,
      state,
      isTested,
      ap: first!.value,
      trainedBy,
    };
  });
}

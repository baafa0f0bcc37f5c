import { ExperimentError, type Rng } from "@/core/mod.ts";
import { featureNames } from "./features.ts";
import { partnerProbability, type Pruner } from "./pruner.ts";

/** A candidate that it is known of whether it is a pair of partners. */
export interface Example {
  /** Its features. */
  readonly features: readonly number[];
  /** Whether it is. */
  readonly isPair: boolean;
}

/** How a pruner is learnt. */
const course = {
  units: 8,
  steps: 600,
  learningRate: 0.02,
  decay: 1e-3,
} as const;

const count = featureNames.length, perUnit = count + 2;

/**
 * Learns to tell partners from other candidates: both weigh the same, weights
 * decay, and all examples count in each step of Adam. Equal examples and streams
 * give equal pruners. Its threshold is 0.5.
 *
 * @throws {ExperimentError} If all are pairs, or none is.
 */
export function learnPruner(examples: readonly Example[], rng: Rng): Pruner {
  const pairs = examples.filter(({ isPair }) => isPair).length;
  if (pairs === 0 || pairs === examples.length) {
    throw new ExperimentError(
      `Cannot learn which candidates are partners: ${
        pairs === 0 ? "none" : "each"
      } of ${examples.length} is a true pair`,
      {
        where: "the candidates",
        fix: "Find more of them, or learn from a volume with more partners",
      },
    );
  }
  const columns = Array.from(
    { length: count },
    (_, i) => examples.map(({ features }) => features[i]!),
  );
  const mean = columns.map(meanOf);
  const deviation = columns.map((column, i) =>
    Math.sqrt(meanOf(column.map((v) => (v - mean[i]!) ** 2))) || 1
  );
  const scaled = examples.map(({ features, isPair }) => ({
    isPair,
    features: features.map((v, i) => (v - mean[i]!) / deviation[i]!),
  }));
  const numbers = new Float64Array(course.units * perUnit + 1);
  for (let i = 0; i < numbers.length - 1; i++) {
    numbers[i] = rng.normal() / Math.sqrt(count);
  }
  descend(numbers, scaled);
  return {
    form: 1,
    features: featureNames,
    ...{ mean, deviation },
    hidden: Array.from({ length: course.units }, (_, k) => {
      const unit = [...numbers.subarray(k * perUnit, (k + 1) * perUnit)];
      return {
        weights: unit.slice(0, count),
        bias: unit[count]!,
        output: unit[count + 1]!,
      };
    }),
    bias: numbers.at(-1)!,
    threshold: 0.5,
  };
}

/** Adam on all examples at once. */
function descend(numbers: Float64Array, examples: readonly Example[]): void {
  const first = new Float64Array(numbers.length);
  const second = new Float64Array(numbers.length);
  for (let step = 1; step <= course.steps; step++) {
    const { gradient } = lossOf(numbers, examples);
    const [a, b] = [1 - 0.9 ** step, 1 - 0.999 ** step];
    for (let i = 0; i < numbers.length; i++) {
      const g = gradient[i]!;
      first[i] = 0.9 * first[i]! + 0.1 * g;
      second[i] = 0.999 * second[i]! + 0.001 * g * g;
      numbers[i]! -= course.learningRate * (first[i]! / a) /
        (Math.sqrt(second[i]! / b) + 1e-8);
    }
  }
}

/**
 * The mean log loss over scaled examples, both kinds alike, with the decay of the
 * weights; and its gradient. The numbers are those of each hidden unit, weights,
 * bias and output, then the last bias.
 */
export function lossOf(
  numbers: Float64Array,
  examples: readonly Example[],
): { readonly loss: number; readonly gradient: Float64Array } {
  const gradient = new Float64Array(numbers.length);
  const units = (numbers.length - 1) / perUnit;
  const pairs = examples.filter(({ isPair }) => isPair).length;
  const weightOf = (isPair: boolean) =>
    0.5 / (isPair ? pairs : examples.length - pairs);
  let loss = 0;
  const inner = new Float64Array(units);
  for (const { features, isPair } of examples) {
    let logit = numbers.at(-1)!;
    for (let k = 0; k < units; k++) {
      const at = k * perUnit;
      let sum = numbers[at + count]!;
      for (let i = 0; i < count; i++) sum += numbers[at + i]! * features[i]!;
      inner[k] = Math.tanh(sum);
      logit += numbers[at + count + 1]! * inner[k]!;
    }
    const weight = weightOf(isPair), signed = isPair ? logit : -logit;
    // log(1 + exp(-s)), without overflow
    loss += weight *
      (Math.max(0, -signed) + Math.log1p(Math.exp(-Math.abs(signed))));
    const slope = weight * (1 / (1 + Math.exp(-logit)) - (isPair ? 1 : 0));
    gradient[numbers.length - 1]! += slope;
    for (let k = 0; k < units; k++) {
      const at = k * perUnit, value = inner[k]!;
      gradient[at + count + 1]! += slope * value;
      const back = slope * numbers[at + count + 1]! * (1 - value * value);
      gradient[at + count]! += back;
      for (let i = 0; i < count; i++) gradient[at + i]! += back * features[i]!;
    }
  }
  for (let i = 0; i < numbers.length - 1; i++) {
    loss += course.decay / 2 * numbers[i]! ** 2;
    gradient[i]! += course.decay * numbers[i]!;
  }
  return { loss, gradient };
}

/**
 * A pruner with the threshold, of 0.05, 0.1, … 0.95, at which `score` is highest;
 * of equal ones the middle.
 */
export function withBestThreshold(
  pruner: Pruner,
  { features, score }: {
    /** Of all candidates. */
    readonly features: readonly (readonly number[])[];
    /** How good it is to keep these of them, by number. */
    score(kept: readonly number[]): number;
  },
): Pruner {
  const probabilities = features.map((one) => partnerProbability(pruner, one));
  const scored = Array.from({ length: 19 }, (_, k) => (k + 1) / 20)
    .map((threshold) => ({
      threshold,
      value: score(
        probabilities.flatMap((p, i) => p >= threshold ? [i] : []),
      ),
    }));
  const most = Math.max(...scored.map(({ value }) => value));
  const best = scored.filter(({ value }) => value === most);
  return { ...pruner, threshold: best[best.length >> 1]!.threshold };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

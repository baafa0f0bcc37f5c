/**
 * Every option that is a number, at numbers that nobody means: `plan` answers, or
 * refuses them in three lines, and does so at once.
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import { checkSpec, memoryNeeds, planExperiment } from "@/experiment/mod.ts";
import { experimentSchema, type JsonSchema } from "@/experiment/schema/mod.ts";
import { refusalOf } from "@test/refusal.ts";

const extremes = [0, -1, 1e-300, 1e9, 2 ** 31, 2 ** 53, 1e300];

/** All of them at each place take four minutes: CLEFT_NUMBERS=all */
const isWhole = Deno.env.get("CLEFT_NUMBERS") === "all";

function twoOf(from: number): readonly number[] {
  return [0, 1].map((i) => extremes[(from + i) % extremes.length]!);
}

const base = {
  name: "extreme",
  data: { train: [{ source: { type: "phantom" } }] },
  model: { type: "resUnet" },
  loss: { terms: [{ type: "bce" }] },
};

/** A number of experiments: where it stands, and an experiment with a value. */
interface Place {
  readonly path: string;
  with(value: number): unknown;
}

/** Something that may stand there. */
function exampleOf(given: JsonSchema): unknown {
  const part = given;
  if (part.default !== undefined) return part.default;
  if (part.const !== undefined) return part.const;
  if (part.enum) return part.enum[0];
  const choice = part.oneOf ?? part.anyOf;
  if (choice) return exampleOf(choice[0]!);
  switch (part.type) {
    case "integer":
    case "number":
      return part.minimum ?? (part.exclusiveMinimum ?? 0) + 1;
    case "boolean":
      return true;
    case "array":
      return part.prefixItems?.map(exampleOf) ??
        Array.from(
          { length: part.minItems ?? 0 },
          () => exampleOf(part.items as JsonSchema),
        );
    case "object":
      return Object.fromEntries(
        (part.required ?? []).map((
          key,
        ) => [key, exampleOf(part.properties![key]!)]),
      );
    default:
      return "x";
  }
}

/** The numbers below a place. */
function* numbersOf(
  given: JsonSchema,
  path: string,
  put: (value: unknown) => unknown,
): Generator<Place> {
  const part = given;
  if (part.type === "integer" || part.type === "number") {
    yield { path, with: put };
  }
  for (const choice of [...part.oneOf ?? [], ...part.anyOf ?? []]) {
    const type = choice.properties?.["type"]?.const;
    yield* numbersOf(choice, type ? `${path}<${type}>` : path, put);
  }
  const others = part.properties
    ? exampleOf({ ...part, default: undefined }) as object
    : {};
  for (const [key, value] of Object.entries(part.properties ?? {})) {
    yield* numbersOf(
      value,
      path ? `${path}.${key}` : key,
      (inner) => put({ ...others, [key]: inner }),
    );
  }
  for (const value of Object.values(part.patternProperties ?? {})) {
    yield* numbersOf(value, `${path}.*`, (inner) => put({ x: inner }));
  }
  for (const [i, value] of (part.prefixItems ?? []).entries()) {
    const list = part.prefixItems!.map(exampleOf);
    yield* numbersOf(
      value,
      `${path}[${i}]`,
      (inner) => put(list.with(i, inner)),
    );
  }
  if (part.items) {
    yield* numbersOf(part.items, `${path}[]`, (inner) => put([inner]));
  }
}

/** Every number of an experiment; options of a component once, wherever it is used. */
function allPlaces(): readonly Place[] {
  const places = new Map<string, Place>();
  for (const [key, part] of Object.entries(experimentSchema().properties!)) {
    if (key === "matrix" || key === "extends") continue;
    const put = (value: unknown) => ({ ...base, [key]: value });
    for (const place of numbersOf(part, key, put)) {
      const ofComponent = place.path.replace(/^.*(?=<)/, "");
      if (!places.has(ofComponent)) places.set(ofComponent, place);
    }
  }
  return [...places.values()];
}

Deno.test("every number of an experiment is planned or refused, however extreme", async () => {
  const places = allPlaces();
  let planned = 0, refused = 0;
  for (const [i, place] of places.entries()) {
    for (const value of isWhole ? extremes : twoOf(2 * i)) {
      try {
        const refusal = await refusalOf(() => {
          const plan = planExperiment(checkSpec(place.with(value), "x"));
          for (const { bytes } of memoryNeeds(plan)) {
            ok(Number.isFinite(bytes) && bytes > 0, `${bytes} bytes`);
          }
          deepStrictEqual(JSON.parse(JSON.stringify(plan.spec)), plan.spec);
        });
        if (refusal === null) planned++;
        else refused++;
      } catch (error) {
        throw new Error(`${value} for ${place.path}`, { cause: error });
      }
    }
  }
  // The examples of other options must be sound, or nothing is looked at.
  ok(Math.min(planned, refused) > places.length / 2, `${planned} planned`);
});

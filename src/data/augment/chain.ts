import * as z from "zod";
import { type Entry, mapZyx, type Sample, type Zyx } from "@/core/mod.ts";
import type { Augmentation, Resource } from "./_augmentation.ts";

/** What one augmentation drew for a sample. */
export interface StepRecord {
  /** The augmentation. */
  readonly type: string;
  /** What it drew; null where it leaves the sample alone. */
  readonly parameters: unknown;
}

/** Matches what the augmentations of some chain drew. */
export const stepRecords: z.ZodType<readonly StepRecord[]> = z.array(
  z.strictObject({ type: z.string(), parameters: z.unknown() }),
).readonly();

/** Augmentations one after another, each applied with its chance `p`. */
export type Chain = Augmentation<readonly StepRecord[]>;

/** Builds the augmentations of validated entries and joins them. */
export function openChain(
  entries: readonly Entry[],
  create: (entry: Entry) => Augmentation,
): Chain {
  return joinStages(
    entries.map((entry) => ({
      type: entry.type,
      p: Number(entry.p ?? 1),
      augmentation: create(entry),
    })),
  );
}

/** An augmentation at its place in a chain. */
interface Stage {
  readonly type: string;
  readonly p: number;
  readonly augmentation: Augmentation;
}

/** What the stages of a chain have read, null for those that need nothing. */
interface ChainResource extends Resource {
  readonly parts: readonly (Resource | null)[];
}

function joinStages(stages: readonly Stage[]): Chain {
  const last = stages.length - 1;
  const chain: Chain = {
    check(shapeVox) {
      for (const { type, augmentation } of stages) {
        const fault = augmentation.check?.(shapeVox);
        if (fault) return `${type}: ${fault}`;
      }
    },
    draw(shapeVox, rng) {
      const records: StepRecord[] = new Array(stages.length);
      // From the last one back: the context one wants is drawn by those before.
      let wantedVox = shapeVox;
      for (let k = last; k >= 0; k--) {
        const { type, p, augmentation } = stages[k]!;
        const stream = rng.at("augment", k);
        const parameters = stream.at("p").uniform(0, 1) < p
          ? augmentation.draw(wantedVox, stream)
          : null;
        records[k] = { type, parameters };
        wantedVox = widen(wantedVox, stages[k]!, parameters);
      }
      return records;
    },
    marginVox(shapeVox, records) {
      let wantedVox = shapeVox;
      for (let k = last; k >= 0; k--) {
        wantedVox = widen(wantedVox, stages[k]!, records[k]!.parameters);
      }
      return mapZyx((axis) => (wantedVox[axis] - shapeVox[axis]) / 2);
    },
    schema: (shapeVox) =>
      stepRecords.superRefine((records, context) =>
        checkRecords(stages, records, shapeVox, context)
      ),
    apply: (sample, records) =>
      stages.reduce(
        (before, stage, k) => applyStage(before, stage, records[k]!.parameters),
        sample,
      ),
  };
  if (!stages.some(({ augmentation }) => augmentation.needs)) return chain;
  return {
    ...chain,
    needs: {
      async load(context) {
        const parts: (Resource | null)[] = [];
        for (const [k, { augmentation }] of stages.entries()) {
          const where = `${context.where}[${k}]`;
          const part = augmentation.needs?.load({ ...context, where });
          parts.push(await part ?? null);
        }
        const inputs = parts.flatMap((part) => part?.inputs ?? []);
        return { inputs, parts } satisfies ChainResource;
      },
      with: (resource) =>
        joinStages(stages.map((stage, k) => {
          const part = (resource as ChainResource).parts[k];
          const { needs } = stage.augmentation;
          return part && needs
            ? { ...stage, augmentation: needs.with(part) }
            : stage;
        })),
    },
  };
}

/** Checks what each stage is to do, from the last one back, as it is drawn. */
function checkRecords(
  stages: readonly Stage[],
  records: readonly StepRecord[],
  shapeVox: Zyx,
  context: z.core.$RefinementCtx,
): void {
  const refuse = (path: PropertyKey[], message: string) =>
    context.addIssue({ code: "custom", path, message });
  if (records.length !== stages.length) {
    return refuse([], `it should have ${stages.length}, one for each step`);
  }
  let wantedVox = shapeVox;
  for (const [k, stage] of [...stages.entries()].toReversed()) {
    const { type, parameters } = records[k]!;
    if (type !== stage.type) {
      return refuse([k, "type"], `it should be "${stage.type}"`);
    }
    if (parameters === null) continue;
    const checked = stage.augmentation.schema(wantedVox)
      .safeParse(parameters);
    for (const issue of checked.error?.issues ?? []) {
      context.addIssue({ ...issue, path: [k, "parameters", ...issue.path] });
    }
    if (!checked.success) return;
    wantedVox = widen(wantedVox, stage, parameters);
  }
}

/** The extent a stage wants to see for it to return `shapeVox`. */
function widen(
  shapeVox: Zyx,
  { augmentation }: Stage,
  parameters: unknown,
): Zyx {
  const margin = parameters === null
    ? undefined
    : augmentation.marginVox?.(shapeVox, parameters);
  return mapZyx((axis) => shapeVox[axis] + 2 * (margin?.[axis] ?? 0));
}

function applyStage(
  sample: Sample,
  { type, augmentation }: Stage,
  parameters: unknown,
): Sample {
  if (parameters === null) return sample;
  const after = augmentation.apply(sample, parameters);
  const wanted = widen(
    after.shapeVox,
    { type, p: 1, augmentation },
    parameters,
  );
  if (wanted.some((n, axis) => n !== sample.shapeVox[axis])) {
    throw new TypeError(
      `Augmentation "${type}" made [${after.shapeVox}] of [${sample.shapeVox}]`,
    );
  }
  return after;
}

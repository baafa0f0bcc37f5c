import { deepStrictEqual, match, ok } from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { dirname, join } from "node:path";
import { canonicalJson, mapZyx, type Zyx } from "@/core/mod.ts";
import { writeHdf5 } from "@/data/mod.ts";
import { isNativeReady } from "@/engine/mod.ts";
import { type Matrix, planFile, type Spec } from "@/experiment/mod.ts";
import { experimentFiles, experimentPath } from "@test/experiments.ts";
import { assertEquals } from "@test/helpers.ts";
import { outOf, Workplace } from "./_run.ts";

const dataFolder = Deno.env.get("CLEFT_DATA");
const splits = ["train", "validation", "test"] as const;

/** Has stages with data of their own, all tried by submission_test.ts. */
const triedElsewhere = join("cremi", "submission.yaml");

/** The parts of experiments that were run. */
const tried = new Set<string>();

for (const name of experimentFiles()) {
  if (name === triedElsewhere) continue;
  const path = experimentPath(name);
  const { plan, matrix } = planFile(path);
  const { spec } = plan ?? matrix.variants[0]!.plan;
  const parts = partsOf(spec, matrix);
  const isRun = parts.some((part) => !tried.has(part));
  const hasNewModel = !tried.has(partOf("model", spec.model));
  for (const part of parts) tried.add(part);
  Deno.test(
    isRun
      ? `experiments/${name} plans, runs and is reported`
      : `experiments/${name} plans; others run all its parts but its loss`,
    () => tryOut(path, { spec, matrix, isRun, hasNewModel }),
  );
}

/**
 * Its model, its augmentations and so on, and what its matrix varies; not its
 * loss: losses_test.ts runs them all, shipped_steps_test.ts trains by these.
 */
function partsOf(spec: Spec, matrix: Matrix | null): string[] {
  const { name: _, summary: __, loss: ___, ...parts } = spec;
  return Object.entries({ ...parts, axes: matrix?.axes ?? [] })
    .map(([name, part]) => partOf(name!, part));
}

function partOf(name: string, part: unknown): string {
  return canonicalJson([name, part]);
}

/** Stands in for networks that another experiment has run; quick to build. */
const plain =
  "model={ type: resUnet, filters: [2, 3, 4, 5], anisotropicLevels: 3, block: { type: plain } }";

async function tryOut(
  path: string,
  { spec, matrix, isRun, hasNewModel }: {
    readonly spec: Spec;
    readonly matrix: Matrix | null;
    readonly isRun: boolean;
    readonly hasNewModel: boolean;
  },
): Promise<void> {
  using place = new Workplace(dataFolder ? { CLEFT_DATA: dataFolder } : {});
  await writeArtifacts(place.folder, spec);
  const model = hasNewModel || matrix ? narrowed(spec, matrix) : [plain];
  const small = besidesAxes(path, [...smallerValues(spec, matrix), ...model])
    .flatMap((value) => ["--set", value])
    .concat(firstVariant(matrix), ["--data-root", place.folder]);
  const plan = await place.json<Record<string, unknown>>(
    "plan",
    path,
    ...small,
  );
  for (const key of ["parameters", "shapes", "memoryMiB", "hash", "steps"]) {
    ok(key in plan, `plan has no ${key}`);
  }
  ok((plan.volumes as unknown[]).length > 0, "plan found no volumes");
  if (!isRun) return;

  const said = outOf(["run", path], await place.here("run", path, ...small));
  const report = join(place.results, "reports", `${spec.name}.html`);
  match(said, new RegExp(`^Report: ${pathToFileURL(report)}$`, "m"));

  const runs = await place.json<Record<string, unknown>[]>("list");
  assertEquals(runs.length, 1, "runs");
  assertEquals("variant" in runs[0]!, matrix !== null, "variant");
  const [{ id, experiment, state, seed, metrics }] = runs as [typeof plan];
  deepStrictEqual(
    [experiment, state, seed],
    [spec.name, "finished", spec.seed],
  );
  for (const name of ["train/loss", "validation/ap", "validation/best.ap"]) {
    ok(name in (metrics as object), name);
  }
  match(Deno.readTextFileSync(report), new RegExp(`${id}`));

  const shown = await place.json<Record<string, unknown>>("show", `${id}`);
  const documented = [
    ...["id", "experiment", "file", "overrides", "plan", "planHash", "seed"],
    ...["environment", "inputs", "rerunOf", "state", "reason", "startedAt"],
    ...["finishedAt", "verdict", "artifacts", "log"],
  ];
  for (const key of documented) ok(key in shown, `show has no ${key}`);
}

/** The overrides that set what no axis of a file's matrix sets. */
function besidesAxes(path: string, overrides: readonly string[]): string[] {
  const taken = new Set<string>();
  try {
    planFile(path, { overrides });
  } catch (error) {
    const named = `${error}`.matchAll(/Cannot set (\S+): the axis/g);
    for (const [, option] of named) taken.add(option!);
    if (taken.size === 0) throw error;
  }
  return overrides.filter((value) => !taken.has(value.split("=", 1)[0]!));
}

/** What chooses the first variant of a matrix. */
function firstVariant(matrix: Matrix | null): string[] {
  const values = matrix?.variants[0]?.values ?? {};
  return Object.entries(values)
    .flatMap(([axis, value]) => ["--only", `${axis}=${value}`]);
}

/**
 * Values that make an experiment take a second or two and leave its parts as they
 * are; a phantom takes the place of data that is not at hand.
 */
function smallerValues(
  { data, sampler }: Spec,
  matrix: Matrix | null,
): string[] {
  const patchVox = mapZyx((axis) =>
    Math.min((sampler.patchVox as Zyx)[axis], axis === 0 ? 8 : 32)
  );
  const extentVox = mapZyx((axis) => patchVox[axis] + (axis === 2 ? 8 : 0));
  let phantoms = 0; // no two splits have one
  const volumes = splits.flatMap((split) =>
    data[split].flatMap(({ source, regionVox }, i) => {
      const place = `data.${split}[${i}]`;
      if (source.type === "phantom") {
        return [`${place}.source.shapeVox=${JSON.stringify(extentVox)}`];
      }
      if (!isAtHand(`${source.file}`)) {
        const shape = JSON.stringify(extentVox);
        const phantom =
          `{ type: phantom, seed: ${phantoms++}, shapeVox: ${shape}, voxelNm: [40, 4, 4] }`;
        return [`${place}={ source: ${phantom} }`];
      }
      const bounds = (["z", "y", "x"] as const).map((letter, axis) => {
        const start = regionVox?.[letter]?.[0] ?? 0;
        return `${letter}: [${start}, ${start + extentVox[axis]!}]`;
      });
      return [`${place}.regionVox={ ${bounds.join(", ")} }`];
    })
  );
  return [
    ...volumes,
    `sampler.patchVox=${JSON.stringify(patchVox)}`,
    ...(matrix?.search ? ["search.budget={ type: full }"] : []),
    "train.volumeTotal=4",
    "train.volumeSave=2",
    "train.validateEvery=4",
    "train.batch=2",
    "train.workers=0",
    `train.engine=${isNativeReady() ? "tensorflow" : "embedded"}`,
    "evaluate.sectionsShown=2",
    "evaluate.allowEmpty=true", // so small a volume may have no cleft
  ];
}

/** The model of an experiment with few channels, in each variant. */
function narrowed({ model }: Spec, matrix: Matrix | null): string[] {
  const { filters } = model;
  if (!Array.isArray(filters)) return [];
  const all = matrix?.variants.map(({ plan }) => plan.spec) ?? [{ model }];
  const unit = Math.max(
    ...all.map(({ model: { norm } }) =>
      (norm as { groups?: number }).groups ?? 1
    ),
  );
  const few = filters.map((_, i) => unit * (i + 2));
  return [`model.filters=${JSON.stringify(few)}`];
}

/** Writes the file of artifacts that an experiment's augmentation names, if any. */
async function writeArtifacts(folder: string, { augment }: Spec) {
  for (
    const { artifacts } of augment as readonly {
      artifacts?: { file?: string };
    }[]
  ) {
    if (!artifacts?.file) continue;
    const path = join(folder, artifacts.file);
    Deno.mkdirSync(dirname(path), { recursive: true });
    const shapeVox: Zyx = [3, 160, 160];
    const values = Uint8Array.from(
      { length: 3 * 160 * 160 },
      (_, i) => i % 251,
    );
    await writeHdf5(path, {
      "defect_sections/raw": { shapeVox, data: values },
      "defect_sections/mask": { shapeVox, data: values.map((v) => v & 1) },
    });
  }
}

function isAtHand(file: string): boolean {
  if (!dataFolder) return false;
  try {
    return Deno.statSync(join(dataFolder, file)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

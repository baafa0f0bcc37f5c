import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join, relative } from "node:path";
import { mapZyx, type Zyx } from "@/core/mod.ts";
import { isNativeReady } from "@/engine/mod.ts";
import { projectFolder } from "@/command/mod.ts";
import {
  type Matrix,
  parseExperiment,
  planExperiment,
  planMatrix,
  type Spec,
} from "@/experiment/mod.ts";
import { Workplace } from "./_run.ts";

const dataFolder = Deno.env.get("CLEFT_DATA");
const splits = ["train", "validation", "test"] as const;

for (const path of experimentsBelow(join(projectFolder, "experiments"))) {
  const matrix = planMatrix(path);
  const spec = matrix?.variants[0]?.plan.spec ?? parseExperiment(path);
  const needsData = splits.some((split) =>
    spec.data[split].some(({ source }) => source.type !== "phantom")
  );
  const isIgnored = needsData && !dataFolder;
  const name = `${relative(projectFolder, path)} plans, runs and is reported`;
  Deno.test({
    name: isIgnored ? `${name} (skipped: CLEFT_DATA is not set)` : name,
    ignore: isIgnored,
    fn: () => tryOut(path, spec, matrix),
  });
}

async function tryOut(
  path: string,
  spec: Spec,
  matrix: Matrix | null,
): Promise<void> {
  using place = new Workplace(dataFolder ? { CLEFT_DATA: dataFolder } : {});
  planExperiment(spec);
  const small = smallerValues(spec)
    .filter((value) => !matrix || !isOfAxis(path, value))
    .flatMap((value) => ["--set", value])
    .concat(firstVariant(matrix));
  const plan = await place.json<Record<string, unknown>>(
    "plan",
    path,
    ...small,
  );
  for (const key of ["parameters", "shapes", "memoryMiB", "hash", "steps"]) {
    ok(key in plan, `plan has no ${key}`);
  }
  ok((plan.volumes as unknown[]).length > 0, "plan found no volumes");

  const said = await place.well("run", path, ...small);
  const report = join(place.results, "reports", `${spec.name}.html`);
  match(said, new RegExp(`^Report: ${report}$`, "m"));

  const runs = await place.json<Record<string, unknown>[]>("list");
  deepStrictEqual(runs.map(Object.keys), [
    ["id", "experiment", "state", "seed", "variant", "metrics"]
      .filter((key) => matrix || key !== "variant"),
  ]);
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

/** Whether an axis of a file's matrix sets what an override would set. */
function isOfAxis(path: string, override: string): boolean {
  try {
    planMatrix(path, { overrides: [override] });
    return false;
  } catch (error) {
    if (/the axis ".*" of the matrix sets it/.test(`${error}`)) return true;
    throw error;
  }
}

/** What chooses the first variant of a matrix. */
function firstVariant(matrix: Matrix | null): string[] {
  const values = matrix?.variants[0]?.values ?? {};
  return Object.entries(values)
    .flatMap(([axis, value]) => ["--only", `${axis}=${value}`]);
}

/** Values that make an experiment take a second or two and leave its parts as they are. */
function smallerValues({ data, model, sampler }: Spec): string[] {
  const patchVox = sampler.patchVox as Zyx;
  const extentVox = mapZyx((axis) => patchVox[axis] + (axis === 0 ? 0 : 8));
  const volumes = splits.flatMap((split) =>
    data[split].map(({ source, regionVox }, i) => {
      const place = `data.${split}[${i}]`;
      if (source.type === "phantom") {
        return `${place}.source.shapeVox=${JSON.stringify(extentVox)}`;
      }
      const bounds = (["z", "y", "x"] as const).map((letter, axis) => {
        const start = regionVox?.[letter]?.[0] ?? 0;
        return `${letter}: [${start}, ${start + extentVox[axis]!}]`;
      });
      return `${place}.regionVox={ ${bounds.join(", ")} }`;
    })
  );
  const { filters, norm } = model;
  const unit = (norm as { groups?: number }).groups ?? 1;
  return [
    ...volumes,
    ...(Array.isArray(filters)
      ? [
        `model.filters=${
          JSON.stringify(filters.map((_, i) => unit * (i + 2)))
        }`,
      ]
      : []),
    "train.volumeTotal=4",
    "train.volumeSave=2",
    "train.validateEvery=4",
    "train.batch=2",
    "train.workers=1",
    `train.engine=${isNativeReady() ? "tensorflow" : "embedded"}`,
    "evaluate.sectionsShown=2",
  ];
}

function experimentsBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    if (isDirectory) return experimentsBelow(path);
    return name.endsWith(".yaml") ? [path] : [];
  }).sort();
}

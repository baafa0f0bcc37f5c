import { deepStrictEqual, match } from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Plan } from "@/experiment/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { tinyPhantom, Workplace } from "./_run.ts";
import { writeVolume } from "./_volume.ts";

const set = (...values: readonly string[]) =>
  values.flatMap((value) => ["--set", value]);

const sections = (bounds: string) =>
  `{ source: { type: cremi, file: x.hdf }, regionVox: { z: [${bounds}] } }`;

/** Training and validation on one file, two sections of it shared. */
const sharing = set(
  `data.train=[${sections("0, 6")}]`,
  `data.validation=[${sections("4, 8")}]`,
);

const shared =
  "data.train[0] and data.validation[0] share the voxels z 4 to 6, y 0 to 48, x 0 to 48";

async function withVolume(
  body: (place: Workplace) => Promise<void>,
): Promise<void> {
  using place = new Workplace();
  await writeVolume(join(place.folder, "x.hdf"));
  await body(place);
}

/** The notices of a run's page that stand in red. */
function redNotices(place: Workplace): string[] {
  const page = Deno.readTextFileSync(
    join(place.results, "reports", "tiny.html"),
  );
  return [...page.matchAll(/<li class="is-problem"[^>]*>(.*?)<\/li>/gs)]
    .map(([, html]) => html!.replaceAll(/<[^>]*>/g, "").replace("✕", ""))
    .map((text) => text.replaceAll("&quot;", '"'));
}

Deno.test("plan and run refuse splits that share voxels, a matrix before its first run", () =>
  withVolume(async (place) => {
    place.write(
      "matrix.yaml",
      "extends: tiny.yaml\nmatrix:\n  cut:\n" +
        `    apart: { data.train: [${sections("0, 4")}] }\n` +
        `    shared: { data.train: [${sections("0, 6")}] }\n` +
        "  seed: [1, 2]\n",
    );
    const validation = set(`data.validation=[${sections("4, 8")}]`);
    const before = place.files();
    for (const command of ["plan", "run"]) {
      const one = await place.here(command, "tiny.yaml", ...sharing);
      deepStrictEqual([one.code, one.out], [2, ""]);
      match(
        one.err,
        /^Cannot validate on what training sees: .*\n {2}at .*\n {2}fix .*\n$/,
      );
      assertEquals(one.err.includes(shared), true, one.err);
      const all = await place.here(command, "matrix.yaml", ...validation);
      assertEquals(all.code, 2, all.err);
      match(
        all.err,
        /^Cannot validate.*\n {2}at .* in cut=shared · seed=1 and 1 more\n.*\n$/,
      );
    }
    deepStrictEqual(
      place.files().filter((name) => !name.includes("runs.sqlite")),
      before,
    );
    using records = place.records();
    assertEquals(records.runs().length, 0);
  }));

Deno.test("voxels that splits may share are on record and in red, and can be repeated without a word", () =>
  withVolume(async (place) => {
    const allowed = [...sharing, ...set("data.allowOverlap=true")];
    const { hash, findings } = await place.json<Plan>(
      ...["plan", "tiny.yaml", ...allowed],
    );
    const text = `${shared} of "x": scores on validation flatter`;
    deepStrictEqual(findings, [{ level: "problem", text }]);
    place.write(
      "seeds.yaml",
      "extends: tiny.yaml\nmatrix: { seed: [1, 2] }\n",
    );
    const matrix = await place.here("plan", "seeds.yaml", ...allowed);
    deepStrictEqual([matrix.code, matrix.err], [0, `${text}\n`]);
    const id = await place.run("tiny.yaml", ...allowed);
    assertEquals(redNotices(place).includes(text), true);
    {
      using records = place.records();
      const run = records.run(id), plan: Plan = JSON.parse(run.plan);
      assertEquals(run.planHash, hash);
      assertEquals(plan.spec.data.allowOverlap, true);
      deepStrictEqual(plan.findings, findings);
      assertEquals(
        records.log(id).find(({ level }) => level === "warning")?.text,
        text,
      );
    }
    // As a version recorded it that knew no such option.
    using database = new DatabaseSync(join(place.results, "runs.sqlite"));
    database.exec(
      "UPDATE run SET plan = json_remove(plan, '$.spec.data.allowOverlap', '$.findings')",
    );
    const again = await place.well("rerun", id);
    match(again, /^identical: /m);
    assertEquals(again.includes(text), true, again);
    // The page shows both, and by which run it is known.
    match(
      redNotices(place).join("\n"),
      /^data\.train\[0\] .* share the voxels .+/m,
    );
  }));

Deno.test("plan and run refuse splits without a cleft, unless that is allowed and in red", () =>
  withVolume(async (place) => {
    await writeVolume(join(place.folder, "none.hdf"), { labels: "background" });
    await writeVolume(join(place.folder, "unknown.hdf"), {
      labels: "unknown",
    });
    const empty = set(
      "data.validation=[{ source: { type: cremi, file: none.hdf } }]",
    );
    for (const command of ["plan", "run"]) {
      const { code, out, err } = await place.here(
        ...[command, "tiny.yaml", ...empty],
      );
      deepStrictEqual([code, out], [2, ""]);
      match(
        err,
        /^Cannot validate where nothing is cleft: .*\n {2}at {3}data\.validation\[0\] "none".*\n {2}fix .*evaluate\.allowEmpty: true.*\n$/,
      );
      const unlabelled = await place.here(
        command,
        "tiny.yaml",
        ...set(
          "data.train=[{ source: { type: cremi, file: unknown.hdf } }]",
          "evaluate.allowEmpty=true",
        ),
      );
      assertEquals(unlabelled.code, 2);
      match(
        unlabelled.err,
        /^Cannot train where no voxel is labelled\n {2}at .*unknown\.hdf/,
      );
    }
    await place.run("tiny.yaml", ...empty, ...set("evaluate.allowEmpty=true"));
    match(redNotices(place).join("\n"), /^data\.validation has no cleft: /m);
  }));

Deno.test("plan counts clefts and labels, run those that take long", async () => {
  using place = new Workplace();
  const { volumes } = await place.json<Plan>("plan", "tiny.yaml");
  for (const { labels } of volumes) {
    assertEquals(labels?.labelled, 8 * 48 * 48);
    assertEquals(labels?.clefts, 1);
  }
  const said = await place.well("plan", "tiny.yaml");
  match(
    said,
    /^train +phantom-3 +8 × 48 × 48 +50 × 10 × 10 +1 +18,432 +\d+ voxels, \d.* %$/m,
  );
  const large = tinyPhantom(3).replace("[8, 48, 48]", "[32, 512, 512]");
  const later = await place.well(
    ...["plan", "tiny.yaml", ...set(`data.train[0].source=${large}`)],
  );
  match(later, /^train +phantom-3 .* not counted yet; run will$/m);
});

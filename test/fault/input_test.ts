import { deepStrictEqual, match } from "node:assert/strict";
import { tinyExperiment, Workplace } from "@test/e2e/_run.ts";
import { assertEquals } from "@test/helpers.ts";

/** Words that cannot be carried out, and the error's first two lines. */
type Refusal = [words: readonly string[], says: RegExp];

Deno.test("a faulty experiment file is refused at its line and column, and leaves nothing", async () => {
  const files: [name: string, text: string, says: RegExp][] = [
    [
      "unknown_key.yaml",
      `${tinyExperiment}optimiser: { type: adam }\n`,
      /"optimiser".*\n {2}at .*unknown_key\.yaml:19:1 .*\n.*optimizer/,
    ],
    [
      "wrong_type.yaml",
      tinyExperiment.replace("volumeTotal: 24", "volumeTotal: many"),
      /"many" for train\.volumeTotal.*\n {2}at .*wrong_type\.yaml:11:16/,
    ],
    [
      "twice.yaml",
      tinyExperiment.replace("  workers: 0", "  workers: 0\n  workers: 2"),
      /workers.*\n {2}at .*twice\.yaml:15:3/,
    ],
    [
      "tab.yaml",
      tinyExperiment.replace("  workers", "\tworkers"),
      /[Tt]ab.*\n {2}at .*tab\.yaml:14:1/,
    ],
    ["egg.yaml", "extends: hen.yaml\n", /circle.*\n {2}at .*hen\.yaml:1:10/],
    ["none.yaml", "", /none\.yaml/],
  ];
  using place = new Workplace();
  for (const [name, text] of files.slice(0, -1)) place.write(name, text);
  place.write("hen.yaml", "extends: egg.yaml\n");
  await expectRefusals(
    place,
    files.map(([name, , says]) => [["run", name], says]),
  );
});

Deno.test("a faulty command line is refused, and leaves nothing", async () => {
  using place = new Workplace();
  await expectRefusals(place, [
    [["rum", "tiny.yaml"], /^Cannot rum: .+\n.+\n {2}fix .+ run$/m],
    [["run"], /^Cannot begin: FILE is missing/],
    [["run", "tiny.yaml", "--sed", "1"], /^Cannot use --sed: .+\n.+\n.+--se/],
    [["run", "tiny.yaml", "--seed", "x"], /^Cannot use "x" for --seed/],
    [["run", "tiny.yaml", "--set", "trian.batch=2"], /trian[^]+train\.batch/],
    [["run", "tiny.yaml", "--engine", "gpu"], /gpu/],
    [["resume", "last", "--from", "end"], /^Cannot use "end" for --from/],
    [["show", "last"], /^Cannot read the records: there are none yet/],
    [["rerun", "last"], /^Cannot read the records: there are none yet/],
  ]);
});

Deno.test("a run that there is not is refused with the nearest one", async () => {
  using place = new Workplace();
  const id = await place.run("tiny.yaml", "--set", "train.volumeTotal=2");
  const wrong = `${id.slice(0, -1)}_`;
  const says = new RegExp(`^Cannot find the run "${wrong}".+\n.+\n.+${id}`);
  await expectRefusals(place, [
    [["show", wrong], says],
    [["rerun", wrong], says],
    [["resume", wrong], says],
    [["report", wrong], says],
    [["compare", id, wrong], says],
    [
      ["run", "tiny.yaml", "--set", `report.compareWith=[${wrong}]`],
      new RegExp(`"${wrong}"`),
    ],
  ]);
});

/** Fails unless each is refused in three lines, with code 2, and changes no file. */
async function expectRefusals(
  place: Workplace,
  refusals: readonly Refusal[],
): Promise<void> {
  const before = place.files();
  for (const [words, says] of refusals) {
    const { code, out, err } = await place.here(...words);
    const what = `${words.join(" ")}: ${err}`;
    match(err, says, what);
    match(err, /^Cannot .+\n {2}at {3}.+\n {2}fix {2}.+\n$/, what);
    deepStrictEqual([code, out], [2, ""], what);
    deepStrictEqual(place.files(), before, what);
  }
  using records = before.includes("results/runs.sqlite")
    ? place.records()
    : null;
  assertEquals(records?.runs().length ?? 0, records ? 1 : 0, "runs");
}

import { deepStrictEqual, match, notDeepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { isNativeReady } from "@/engine/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { Workplace } from "./_run.ts";

const short = ["--set", "train.volumeTotal=6"];

Deno.test("the embedded engine carries a run from end to end, and again to the bit", async () => {
  using place = new Workplace();
  const id = await place.run("tiny.yaml", ...short, "--engine", "embedded");
  match(await place.well("rerun", "last"), /^identical: /m);
  deepStrictEqual(place.traceOf("last"), place.traceOf(id));
  using records = place.records();
  const { environment } = records.run("last");
  deepStrictEqual([environment.engine, environment.threads], ["embedded", 1]);
});

Deno.test("auto goes on with the embedded engine where the library cannot be had, and says so", async () => {
  using place = new Workplace(unreachable());
  const said = await place.well(
    ...["run", "tiny.yaml", "--engine", "auto", ...short],
  );
  const notice =
    /^Going on with the embedded engine, which is slower: Cannot set up TensorFlow 2\.21\.0: .+$/m;
  match(said, notice);
  using records = place.records();
  const { state, environment, id } = records.run("last");
  deepStrictEqual([state, environment.engine], ["finished", "embedded"]);
  match(environment.notices.join("\n"), notice);
  const log = records.log(id).filter(({ level }) => level === "warning");
  match(log.map(({ text }) => text).join("\n"), notice);
  match(
    Deno.readTextFileSync(join(place.results, "reports", "tiny.html")),
    /Going on with the embedded engine, which is slower/,
  );
});

Deno.test("tensorflow is refused where the library cannot be had, and nothing is recorded", async () => {
  using place = new Workplace(unreachable());
  const { code, err } = await place.cleft(
    ...["run", "tiny.yaml", "--engine", "tensorflow", ...short],
  );
  assertEquals(code, 2);
  match(
    err,
    /^Cannot set up TensorFlow 2\.21\.0: .+\n {2}at .+\n {2}fix .+--engine embedded.*\n$/,
  );
  deepStrictEqual(
    place.files().filter((path) => path.startsWith("results")),
    [],
  );
});

const isReady = isNativeReady();
Deno.test({
  name: "bf16 runs, is recorded, and computes other bits" +
    (isReady ? "" : " (skipped: the native engine is not set up)"),
  ignore: !isReady,
  async fn() {
    using place = new Workplace();
    const plain = await place.run("tiny.yaml", ...short);
    await place.run("tiny.yaml", ...short, "--set", "train.precision=bf16");
    notDeepStrictEqual(place.traceOf("last"), place.traceOf(plain));
    using records = place.records();
    const run = records.run("last");
    assertEquals(JSON.parse(run.plan).spec.train.precision, "bf16");
    notDeepStrictEqual(run.planHash, records.run(plain).planHash);
    const said = records.log(run.id).filter(({ level }) => level !== "info");
    deepStrictEqual(said, [], "fp32 in its place");
  },
});

/** An empty cache, and no package index to fill it from. */
function unreachable(): Record<string, string> {
  const nowhere = "http://127.0.0.1:9";
  return {
    CLEFT_CACHE: "cache", // in the workplace's folder
    PIP_INDEX_URL: nowhere,
    PIP_EXTRA_INDEX_URL: "",
    PIP_FIND_LINKS: "",
    PIP_RETRIES: "0",
  };
}

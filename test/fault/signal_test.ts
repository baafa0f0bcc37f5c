import { deepStrictEqual, match } from "node:assert/strict";
import { pause, type Started, Workplace } from "@test/e2e/_run.ts";
import { assertEquals } from "@test/helpers.ts";

/** 15 steps; validations take most of the time, and a signal can meet one. */
const options = [
  ...["--set", "train.volumeTotal=30"],
  ...["--set", "train.volumeSave=10"],
  ...["--set", "train.validateEvery=6"],
  ...["--set", "infer.overlap=0.7"],
  ...["--workers", "1"],
];

Deno.test("SIGINT and SIGTERM end a run in good order, and it goes on the same to the bit", async () => {
  using place = new Workplace();
  const whole = await place.run("tiny.yaml", ...options);

  const first = place.start("run", "tiny.yaml", ...options);
  await first.printed(/^step 1\//m);
  first.kill("SIGINT");
  await expectInterrupted(place, first);

  const second = place.start("resume", "last");
  await second.printed(/^Going on with/m);
  const rival = await place.cleft("resume", "last");
  assertEquals(rival.code, 2);
  match(
    rival.err,
    /^Cannot resume tiny-\S+: process \d+ on \S+ is running it\n {2}at .+\n {2}fix .+\n$/,
  );
  second.kill("SIGTERM");
  await expectInterrupted(place, second);

  await place.well("resume", "last");
  deepStrictEqual(place.traceOf("last"), place.traceOf(whole));
  const again = await place.cleft("resume", "last");
  assertEquals(again.code, 2);
  match(again.err, /^Cannot resume tiny-\S+: it has finished\n/);
});

for (
  const [first, second] of [["SIGINT", "SIGTERM"], [
    "SIGTERM",
    "SIGINT",
  ]] as const
) {
  Deno.test(`${second} after ${first} ends a run at once, and says how it goes on`, async () => {
    using place = new Workplace();
    const slow = [
      ...["--set", "train.batch=400"], // takes two seconds to prepare
      ...["--set", "train.volumeTotal=400"],
      ...["--set", "augment=[{ type: elastic, p: 1 }]"],
      ...["--workers", "1"], // the rest listens meanwhile
    ];
    const running = place.start("run", "tiny.yaml", ...slow);
    await running.printed(/^Running tiny as tiny-/m);
    running.kill(first);
    await running.complained(/^Stopping after this step/m);
    running.kill(second);
    const { code, err } = await running.ended;
    assertEquals(code, 130);
    const [, words] = /^Stopped at once; go on with: deno task (.*)$/m
      .exec(err)!;
    assertEquals(stateOf(place), "crashed");
    match(
      await place.well(...words!.split(" ")),
      /^Going on with .* after step 0$/m,
    );
    assertEquals(stateOf(place), "finished");
  });
}

Deno.test("SIGINT while the engine is set up ends that, and nothing is recorded", async () => {
  const silence = Promise.withResolvers<Response>();
  await using index = Deno.serve(
    { port: 0, onListen() {} },
    () => silence.promise,
  );
  using place = new Workplace({
    CLEFT_CACHE: "cache",
    PIP_INDEX_URL: `http://127.0.0.1:${index.addr.port}`,
    PIP_FIND_LINKS: "",
  });
  const running = place.start("run", "tiny.yaml", "--engine", "tensorflow");
  try {
    await running.printed(/^Setting up TensorFlow/m);
    await pause(500); // pip or we ask the index meanwhile
    running.kill("SIGINT");
    const { code, err } = await running.ended;
    assertEquals(code, 1);
    match(err, /^Stopped before the end$/m);
    const recorded = place.files().filter((path) => /^results/.test(path));
    deepStrictEqual(recorded, []);
  } finally {
    silence.resolve(new Response());
  }
});

/** Fails unless a run ended in good order, its last step in a checkpoint. */
async function expectInterrupted(
  place: Workplace,
  { ended }: Started,
): Promise<void> {
  const { code, out, err } = await ended;
  assertEquals(code, 1);
  assertEquals(err, "Stopping after this step; once more to stop at once\n");
  match(out, /^Interrupted; go on with: deno task resume tiny-\S+$/m);
  using records = place.records();
  const run = records.run("last");
  deepStrictEqual(
    [run.state, run.reason],
    ["interrupted", "stopped by the user"],
  );
  const steps = records.metrics(run.id, { split: "train", name: "loss" });
  const checkpoint = records.artifact(run.id, "checkpoint/last");
  const header = new TextDecoder().decode(checkpoint.subarray(8, 200));
  match(header, new RegExp(`"step":"${steps.at(-1)!.step}"`));
}

function stateOf(place: Workplace): string {
  using records = place.records();
  return records.run("last").state;
}

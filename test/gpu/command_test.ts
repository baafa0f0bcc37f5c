import { deepStrictEqual, match } from "node:assert/strict";
import { tinyExperiment, Workplace } from "@test/e2e/_run.ts";
import { testOnCard } from "./_card.ts";

testOnCard(
  "run, rerun, and resume after SIGKILL are the same to the bit on a card",
  async () => {
    using place = new Workplace();
    place.write(
      "card.yaml",
      tinyExperiment.replace(/engine: \w+/, "engine: pjrt\n  precision: bf16")
        .replace("volumeTotal: 24", "volumeTotal: 60"), // ends after the kill
    );
    const whole = await place.run("card.yaml");
    match(await place.well("rerun", whole), /^identical: /m);
    deepStrictEqual(place.traceOf("last"), place.traceOf(whole));

    const running = place.start("run", "card.yaml");
    await running.printed(/^step 6: validation|^step 6\/|^step 12\//m);
    running.kill("SIGKILL");
    await running.ended;
    match(await place.well("resume", "last"), /^Going on with /m);
    deepStrictEqual(place.traceOf("last"), place.traceOf(whole));
  },
);

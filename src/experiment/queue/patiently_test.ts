import { deepStrictEqual, rejects } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { QueueSilence } from "@/queue/mod.ts";
import { patiently } from "./patiently.ts";

const why = { where: "sbatch", fix: "Wait" };

/** Asks a queue that answers only after so many questions; what was said. */
async function asking(
  silentFor: number,
  error: ExperimentError = new QueueSilence("Cannot submit: no answer", why),
) {
  const said: string[] = [];
  let asked = 0;
  const answer = await patiently(
    () => ++asked > silentFor ? Promise.resolve(asked) : Promise.reject(error),
    {
      ...{ pauseMs: 0, signal: new AbortController().signal },
      print: (line) => said.push(line),
    },
  );
  return { answer, said };
}

Deno.test("patiently() asks a silent queue again, and says it once", async () => {
  deepStrictEqual(await asking(3), {
    answer: 4,
    said: ["Cannot submit: no answer; asking again"],
  });
});

Deno.test("patiently() gives up in the end, and at once where it is refused", async () => {
  await rejects(asking(Infinity), QueueSilence);
  const refusal = new ExperimentError("Cannot submit: you may not", why);
  await rejects(asking(1, refusal), /you may not/);
});

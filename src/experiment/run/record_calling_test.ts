import { deepStrictEqual, throws } from "node:assert/strict";
import type { Artifact, PostprocessRecord, Records } from "@/record/mod.ts";
import { smallPlan } from "./_testing.ts";
import { callingName, recordCalling, stepsOf } from "./record_calling.ts";

type Recorder = Parameters<typeof recordCalling>[0];

/** Records a calling of one sweep; what was kept of it, and the line. */
function recorded(steps: { type: string; minVox?: number }[]) {
  const { spec } = smallPlan({
    postprocess: [
      { type: "smooth" },
      { type: "size", minVox: { sweep: [5, 9] } },
    ],
  });
  let kept: Uint8Array | undefined;
  const recorder = {
    artifact: (_name: string, _type: string, bytes: Uint8Array) => {
      kept = bytes;
    },
  } as Recorder;
  const tried = [5, 9].map((v) => ({ options: [v], value: v / 10 }));
  const line = recordCalling(recorder, {
    calling: { steps, threshold: 0.3, tried: steps.length > 0 ? tried : [] },
    split: "validation",
    spec,
  });
  return { kept, line };
}

/** Records of a run that have such an artifact, or none. */
function recordsWith(kept: Uint8Array | undefined) {
  return {
    artifacts: () => kept ? [{ name: callingName } as Artifact] : [],
    artifact: () => kept!,
  } as unknown as Pick<Records, "artifact" | "artifacts">;
}

const chosen = [{ type: "smooth" }, { type: "size", minVox: 9 }];

Deno.test("recordCalling() keeps what was chosen and what was tried, and says so", () => {
  const { kept, line } = recorded(chosen);
  deepStrictEqual(
    line,
    "validation chose size.minVox 9 by Dice, of 2 combinations",
  );
  const record: PostprocessRecord = JSON.parse(new TextDecoder().decode(kept));
  deepStrictEqual(record, {
    steps: chosen,
    threshold: 0.3,
    split: "validation",
    tunedBy: "dice",
    swept: [{ at: 1, option: "minVox" }],
    tried: [{ options: [5], value: 0.5 }, { options: [9], value: 0.9 }],
  });
});

Deno.test("recordCalling() says what was chosen of one, and nothing where there was no choice", () => {
  const of = (postprocess: readonly object[], tried: readonly number[]) => {
    const { spec } = smallPlan({ postprocess });
    let kept = "";
    const recorder = {
      artifact: (_name: string, _type: string, bytes: Uint8Array) => {
        kept = new TextDecoder().decode(bytes);
      },
    } as Recorder;
    const line = recordCalling(recorder, {
      calling: {
        steps: [{ type: "size", minVox: 5 }],
        threshold: undefined,
        tried: tried.map((value) => ({ options: [5], value })),
      },
      ...{ split: "test", spec },
    });
    const { tunedBy, threshold } = JSON.parse(kept) as PostprocessRecord;
    return [line, tunedBy, threshold];
  };
  deepStrictEqual(of([{ type: "size", minVox: { sweep: [5] } }], [0.5]), [
    ...["test chose size.minVox 5 by Dice, of 1 combinations", "dice", null],
  ]);
  deepStrictEqual(of([{ type: "size", minVox: 5 }], []), [
    ...[undefined, null, null],
  ]);
});

Deno.test("recordCalling() keeps nothing without post-processing", () => {
  deepStrictEqual(recorded([]), { kept: undefined, line: undefined });
  deepStrictEqual(
    stepsOf(recordsWith(undefined), { run: "r", threshold: 0.4 }),
    [],
  );
});

Deno.test("stepsOf() gives the steps with the threshold in its place", () => {
  const { kept } = recorded(chosen);
  deepStrictEqual(stepsOf(recordsWith(kept), { run: "r", threshold: 0.4 }), [
    { type: "smooth", sigmaVox: [0, 1, 1] },
    { type: "threshold", p: 0.4 },
    { type: "size", minVox: 9 },
  ]);
  deepStrictEqual(
    stepsOf(recordsWith(kept), { run: "r", threshold: null }),
    [],
  );
});

Deno.test("stepsOf() refuses steps that this version does not have", () => {
  const { kept } = recorded([{ type: "erode" }, { type: "size" }]);
  throws(() => stepsOf(recordsWith(kept), { run: "r", threshold: 0.4 }), {
    name: "ExperimentError",
    message:
      "Cannot post-process as the run did: this version has no such steps",
  });
});

import assert from "node:assert/strict";
import { withRecords } from "@/record/_testing.ts";
import { gatherReport } from "./gather.ts";
import { keep, makeRun } from "./_testing.ts";

Deno.test("gatherReport() takes objects with their pictures, after those of sections", () => {
  withRecords((records) => {
    using plain = records.startRun(makeRun());
    const object = {
      ...{ kind: "false", z: 1, sections: 1, sizeVox: 9, probability: 0.7 },
      ...{ centreVox: [4, 4], startVox: [0, 0], shapeVox: [8, 8] },
    };
    const record = {
      ...{ split: "test", volume: "a/b", voxelNm: [40, 4, 4] },
      counts: { found: 0, false: 2, missed: 0 },
      objects: [object, object],
    };
    using recorder = records.startRun(makeRun({ experiment: "gallery" }));
    keep(recorder, {
      "gallery/test/a/b.json": JSON.stringify(record),
      "gallery/test/a/b/0.png": Uint8Array.of(1, 2, 3),
    });
    recorder.finish("finished");
    const data = gatherReport(records, [plain.run.id, recorder.run.id]);
    assert.equal(data.runs[0]!.galleries, undefined);
    const [gallery] = data.runs[1]!.galleries!;
    assert.deepEqual(gallery!.record, record);
    const [first, second] = gallery!.pictures;
    assert.deepEqual(data.pictures.get(first!), Uint8Array.of(1, 2, 3));
    assert.equal(second, null);
    const small = gatherReport(records, [recorder.run.id], { pictureBytes: 2 });
    assert.match(small.shortened!, /Pictures of 1 object are left out/);
  });
});

Deno.test("gatherReport() reads how a run post-processes, and tells what is damaged", () => {
  withRecords((records) => {
    const record = {
      steps: [{ type: "size", minVox: 50 }],
      ...{ threshold: 0.4, split: "validation", tunedBy: null },
      ...{ swept: [], tried: [] },
    };
    using recorder = records.startRun(makeRun());
    keep(recorder, { "postprocess.json": JSON.stringify(record) });
    assert.deepEqual(
      gatherReport(records, [recorder.run.id]).runs[0]!.postprocess,
      record,
    );
    keep(recorder, { "postprocess.json": "{}" });
    const { runs, leftOut } = gatherReport(records, [recorder.run.id]);
    assert.equal(runs[0]!.postprocess, undefined);
    assert.match(leftOut.join(), /is no record of post-processing/);
  });
});

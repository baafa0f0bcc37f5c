import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError, sha256Hex } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { filesBelow, newRun, withRecords } from "./_testing.ts";

const point = (step: number, value = step) =>
  ({ split: "train", name: "loss", step, value }) as const;
const large = (filler: number) => new Uint8Array(300_000).fill(filler);
const octets = "application/octet-stream";

Deno.test("Recorder.metric() writes by itself after a thousand points", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    for (let step = 1; step < 1000; step++) recorder.metric(point(step));
    assertEquals(records.metrics("last").length, 0);
    recorder.metric(point(1000));
    assertEquals(records.metrics("last").length, 1000);
  });
});

Deno.test("Recorder.metric() replaces an equal split, name and step", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    recorder.metric(point(1, 5));
    recorder.flush();
    recorder.metrics([point(1, 6), point(1, 7)]);
    recorder.flush();
    deepStrictEqual(records.metrics("last"), [point(1, 7)]);
  });
});

Deno.test("Recorder.metric() refuses steps that are not whole numbers", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    for (const step of [0.5, -1, NaN, 2 ** 53]) {
      throws(() => recorder.metric(point(step)), RangeError);
    }
    recorder.flush();
    deepStrictEqual(records.metrics("last"), []);
  });
});

Deno.test("Recorder.weightHashes() keeps the network's order and is idempotent", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    const hashes = ["z/kernel", "a/kernel"].flatMap((layer) =>
      [2, 1].map((step) => ({ step, layer, sha256: sha256Hex(layer + step) }))
    );
    recorder.weightHashes(hashes);
    recorder.flush();
    recorder.weightHashes(hashes);
    recorder.flush();
    const [z2, z1, a2, a1] = hashes;
    deepStrictEqual(records.weightHashes("last"), [z1, a1, z2, a2]);
    throws(
      () => recorder.weightHashes([{ step: 1, layer: "a", sha256: "12" }]),
      RangeError,
    );
  });
});

Deno.test("Recorder.artifact() reads back small, large and empty content", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    const contents = {
      empty: new Uint8Array(),
      largest: new Uint8Array(256 * 1024).fill(1),
      larger: new Uint8Array(256 * 1024 + 1).fill(2),
      view: new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
    };
    for (const [name, bytes] of Object.entries(contents)) {
      deepStrictEqual(recorder.artifact(name, octets, bytes), {
        name,
        mediaType: octets,
        bytes: bytes.length,
        sha256: sha256Hex(bytes),
      });
      deepStrictEqual(
        records.artifact("last", name),
        Uint8Array.from(bytes),
      );
    }
    deepStrictEqual(
      filesBelow(join(records.folder, "objects")),
      [sha256Hex(contents.larger).replace(/^../, "$&/")],
    );
    deepStrictEqual(
      records.artifacts("last").map((artifact) => artifact.name),
      ["empty", "larger", "largest", "view"],
    );
  });
});

Deno.test("Recorder.artifact() keeps equal content once, and as long as needed", () => {
  withRecords((records) => {
    const files = () => filesBelow(join(records.folder, "objects")).length;
    using a = records.startRun(newRun());
    using b = records.startRun(newRun());
    a.artifact("checkpoint/last", octets, large(1));
    a.artifact("checkpoint/best", octets, large(1));
    b.artifact("checkpoint/last", octets, large(1));
    assertEquals(files(), 1);
    a.artifact("checkpoint/last", octets, large(2));
    a.artifact("checkpoint/best", octets, large(2));
    assertEquals(files(), 2);
    deepStrictEqual(records.artifact(b.run.id, "checkpoint/last"), large(1));
    b.artifact("checkpoint/last", octets, large(2));
    assertEquals(files(), 1);
  });
});

Deno.test("Recorder.artifactsBelow() puts contents in place of all that stood there", () => {
  withRecords((records) => {
    const files = () => filesBelow(join(records.folder, "objects")).length;
    using recorder = records.startRun(newRun());
    const small = (filler: number) => new Uint8Array(9).fill(filler);
    const put = (contents: Readonly<Record<string, Uint8Array>>) =>
      recorder.artifactsBelow(
        "sections",
        Object.entries(contents).map(([name, content]) => ({
          ...{ name, mediaType: octets, content },
        })),
      );
    const names = () => records.artifacts("last").map(({ name }) => name);
    recorder.artifact("sections", octets, small(1));
    recorder.artifact("sections0", octets, small(1));
    put({ "sections/a": small(2), "sections/a/b": large(1) });
    put({ "sections/a": small(2), "sections/c": large(2) });
    deepStrictEqual(names(), [
      ...["sections", "sections/a", "sections/c", "sections0"],
    ]);
    deepStrictEqual(records.artifact("last", "sections/a"), small(2));
    deepStrictEqual(records.artifact("last", "sections/c"), large(2));
    assertEquals(files(), 1);
    throws(() => put({ "sections/a": small(3), "other/a": small(3) }), {
      message: '"other/a" is not below "sections"',
    });
    throws(() => put({ "sections/../a": small(3) }), ExperimentError);
    deepStrictEqual(records.artifact("last", "sections/a"), small(2));
    put({});
    deepStrictEqual(names(), ["sections", "sections0"]);
    assertEquals(files(), 0);
  });
});

Deno.test("Recorder.artifact() writes all that was given before it", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    recorder.metric(point(1));
    recorder.artifact("checkpoint/last", octets, large(1));
    deepStrictEqual(records.metrics("last"), [point(1)]);
  });
});

Deno.test("Recorder.artifact() refuses names that lead elsewhere", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    throws(
      () => recorder.artifact("../a", octets, large(1)),
      ExperimentError,
    );
    deepStrictEqual(records.artifacts("last"), []);
    deepStrictEqual(filesBelow(join(records.folder, "objects")), []);
  });
});

Deno.test("Recorder.log() keeps the order, and a NUL does not cut a line", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    recorder.log("info", "b\0c <script>");
    recorder.log("error", "a");
    deepStrictEqual(
      records.log("last").map(({ level, text }) => [level, text]),
      [["info", "b␀c <script>"], ["error", "a"]],
    );
  });
});

Deno.test("Recorder.finish() ends the recording", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    recorder.metric(point(1));
    recorder.finish("failed", "NaN at step 2");
    const { state, reason, finishedAt } = records.run("last");
    deepStrictEqual([state, reason], ["failed", "NaN at step 2"]);
    ok(Date.parse(finishedAt!) <= Date.now());
    deepStrictEqual(recorder.run, records.run("last"));
    assertEquals(records.metrics("last").length, 1);
    throws(() => recorder.metric(point(2)), TypeError);
    deepStrictEqual(filesBelow(recorder.folder), []);
  });
});

Deno.test("a recorder marks the run interrupted when it is closed before its end", () => {
  withRecords((records) => {
    {
      using recorder = records.startRun(newRun());
      recorder.metric(point(1));
    }
    assertEquals(records.run("last").state, "interrupted");
    assertEquals(records.metrics("last").length, 1);
  });
});

const sample = (index: number, drawn: string | null = null) => ({
  index,
  step: index + 1,
  sha256: sha256Hex(`${index}`),
  drawn,
});

Deno.test("Recorder.samples() keeps each number once, with what was drawn", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    recorder.samples([sample(7), sample(0, "[1]")]);
    recorder.flush();
    recorder.samples([sample(7, "{}"), sample(9)]);
    recorder.flush();
    deepStrictEqual(
      records.samples("last"),
      [sample(0, "[1]"), sample(7, "{}"), sample(9)],
    );
    deepStrictEqual(records.sampleIndices("last"), [0, 7, 9]);
    deepStrictEqual(
      records.samples("last", { from: 1, count: 1 }),
      [sample(7, "{}")],
    );
    deepStrictEqual(records.sample("last", 9), sample(9));
    assertEquals(records.sample("last", 8), null);
  });
});

Deno.test("Recorder.samples() writes by itself and refuses what is no hash or step", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    for (let i = 0; i < 999; i++) recorder.samples([sample(i)]);
    deepStrictEqual(records.samples("last"), []);
    recorder.samples([sample(999)]);
    assertEquals(records.samples("last").length, 1000);
    for (const wrong of [{ sha256: "12" }, { step: -1 }]) {
      throws(
        () => recorder.samples([{ ...sample(1), ...wrong }]),
        RangeError,
      );
    }
  });
});

Deno.test("Recorder.inherit() records another run's training as its own, up to a step", () => {
  withRecords((records) => {
    const sha256 = "ab".repeat(32);
    const sample = { index: 0, step: 1, sha256, drawn: null };
    const hash = { step: 1, layer: "head/kernel", sha256 };
    const point = (split: "train" | "validation", name: string) => ({
      split,
      name,
      step: 1,
      value: NaN,
    });
    using from = records.startRun(newRun());
    from.metrics([point("train", "loss"), point("validation", "dice")]);
    from.samples([sample]);
    from.weightHashes([hash]);
    from.metrics([{ ...point("train", "loss"), step: 2 }]);
    from.samples([{ ...sample, index: 1, step: 2 }]);
    from.weightHashes([{ ...hash, step: 2 }]);
    from.artifact("checkpoint/last", "text/plain", Uint8Array.of(1, 2));
    from.artifact("plan.json", "text/plain", Uint8Array.of(3));
    from.log("info", "trained");
    from.finish("finished");
    using recorder = records.startRun(newRun({ trainedBy: from.run.id }));
    recorder.inherit({
      from: from.run.id,
      upToStep: 1,
      keeps: ({ split }) => split === "train",
      artifacts: ["checkpoint/last", "checkpoint/best"],
    });
    const { id } = recorder.run;
    deepStrictEqual(records.metrics(id), [point("train", "loss")]);
    deepStrictEqual(records.samples(id), [sample]);
    deepStrictEqual(records.weightHashes(id), [hash]);
    deepStrictEqual(records.artifacts(id).map(({ name }) => name), [
      "checkpoint/last",
    ]);
    deepStrictEqual(
      records.artifact(id, "checkpoint/last"),
      Uint8Array.of(1, 2),
    );
    deepStrictEqual(records.log(id), []);
    assertEquals(records.run(id).trainedBy, from.run.id);

    // What it replaces stays with the run that it came from.
    recorder.artifact("checkpoint/last", "text/plain", Uint8Array.of(4));
    recorder.weightHashes([{ ...hash, step: 2 }]);
    recorder.flush();
    deepStrictEqual(
      records.artifact(from.run.id, "checkpoint/last"),
      Uint8Array.of(1, 2),
    );
    deepStrictEqual(records.weightHashes(from.run.id), [hash, {
      ...hash,
      step: 2,
    }]);
    assertEquals(records.weightHashes(id).length, 2);
  });
});

import { deepStrictEqual, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError, sha256Hex } from "@/core/mod.ts";
import { openRecords, type Run } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { encodeSafetensors } from "@/train/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { checkpointType } from "./checkpoints.ts";
import { type InitialSource, openInitialSource } from "./initial_source.ts";

/** A checkpoint of one number. */
function checkpoint(value: number): Uint8Array<ArrayBuffer> {
  const values = Float32Array.of(value);
  const metadata = { format: "cleft-checkpoint-1", step: "1" };
  return encodeSafetensors([{ name: "w", shape: [1], values }], metadata);
}

/** A results folder in which experiments are recorded, and weights opened. */
class Place implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "cleft-initial-" });

  /** Records a run whose last checkpoint holds a number, and another artifact. */
  record(
    experiment: string,
    { value, state = "finished" }: {
      readonly value: number;
      readonly state?: "finished" | "interrupted";
    },
  ): string {
    using records = openRecords(this.folder);
    using recorder = records.startRun(newRun({ experiment }));
    recorder.artifact("checkpoint/last", checkpointType, checkpoint(value));
    recorder.artifact("x.json", "application/json", Uint8Array.of(value));
    recorder.finish(state);
    return recorder.run.id;
  }

  open(
    init: { readonly run?: string; readonly file?: string },
    before?: Run,
  ): Promise<InitialSource | null> {
    const place = {
      resultsFolder: this.folder,
      dataRoots: [this.folder],
      cacheFolder: this.folder,
    };
    return openInitialSource({ weights: "best", skip: [], ...init }, {
      place,
      before,
    });
  }

  /** The number that it opens, and where that came from. */
  async numberOf(init: { readonly run?: string; readonly file?: string }) {
    const { input, file } = (await this.open(init))!;
    return [file.get("w")!.values[0], input.path, input.run];
  }

  async refused(init: { readonly run?: string; readonly file?: string }) {
    let text = "";
    await rejects(this.open(init), (error) => {
      text = `${error}`;
      return error instanceof ExperimentError;
    });
    return text;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

Deno.test("openInitialSource() finds weights by their hash or the beginning of it", async () => {
  using place = new Place();
  const id = place.record("mix", { value: 1 });
  place.record("mix", { value: 1 }); // the same content again
  place.record("mix", { value: 2 });
  const hash = sha256Hex(checkpoint(1));
  const expected = [1, `run ${id}, checkpoint/last`, id];
  for (const file of [hash, hash.slice(0, 8), hash.toUpperCase()]) {
    deepStrictEqual(await place.numberOf({ file }), expected, file);
  }
  const { input } = (await place.open({ file: hash }))!;
  assertEquals(input.sha256, hash);
});

Deno.test("openInitialSource() takes a hash for a file where no checkpoint has it", async () => {
  using place = new Place();
  const file = sha256Hex(Uint8Array.of(1)).slice(0, 12); // of x.json
  const nowhere = await place.refused({ file }); // nor are there records
  match(nowhere, /^Cannot find the weights "\w+": there is no such file, nor/);
  place.record("mix", { value: 1 });
  assertEquals(await place.refused({ file }), nowhere);
  match(
    nowhere,
    /at {3}init\.file\n {2}fix {2}See the hashes by: deno task show/,
  );
  const path = join(place.folder, file);
  Deno.writeFileSync(path, checkpoint(3));
  deepStrictEqual(await place.numberOf({ file }), [3, path, null]);
});

Deno.test("openInitialSource() takes what is no hash for a file", async () => {
  using place = new Place();
  match(
    await place.refused({ file: "w.st" }),
    /^Cannot find (?!the weights).*w\.st/,
  );
});

Deno.test("openInitialSource() lists the weights that the beginning of a hash could mean", async () => {
  using place = new Place();
  const values = [16949, 34287]; // their hashes begin alike, as some do
  const ids = values.map((value) => place.record("mix", { value }));
  const [one, other] = values.map((value) => sha256Hex(checkpoint(value)));
  const file = one!.slice(0, 8);
  assertEquals(other!.slice(0, 8), file);
  const text = await place.refused({ file });
  match(text, /^Cannot tell which weights "c44d65a0" are: 2 hashes begin like/);
  match(
    text,
    new RegExp(`${one} \\(checkpoint/last of ${ids[0]}\\) or ${other}`),
  );
  deepStrictEqual(
    (await place.numberOf({ file: one!.slice(0, 12) }))[0],
    16949,
  );
});

Deno.test("openInitialSource() takes the last run of a name, and says where it has not finished", async () => {
  using place = new Place();
  const first = place.record("mix", { value: 1 });
  deepStrictEqual((await place.numberOf({ run: "mix" }))[2], first);
  const second = place.record("mix", { value: 2, state: "interrupted" });
  const text = await place.refused({ run: "mix" });
  match(text, new RegExp(`weights of ${second}: it has not finished, it is i`));
  match(text, new RegExp(`deno task resume ${second}; or .* mix@best; or `));
  const [, file] = /init\.file: "(\w{12})"/.exec(text)!;
  deepStrictEqual((await place.numberOf({ file: file! }))[2], second);
  deepStrictEqual((await place.numberOf({ run: first }))[2], first);

  // who took them before it was so goes on to take them
  using records = openRecords(place.folder, { readOnly: true });
  const input = { ...newRun().inputs[0]!, role: "init", run: second };
  const before = { ...records.run(first), inputs: [input] };
  const source = await place.open({ run: "mix" }, before);
  deepStrictEqual(source!.input.run, second);
});

import { ok } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { say, testInFolder } from "./_testing.ts";

/** Puts a benchmark of two rows in a folder, whose peer is missing in both. */
function writeBench(folder: string): void {
  mkdirSync(join(folder, "test/bench"), { recursive: true });
  writeFileSync(
    join(folder, "test/bench/records.ts"),
    `const row = (what, ours, peer) => ({
       what, unit: "ms", ours, peer, ratio: peer && ours / peer,
       oursMiB: 12.5, peerMiB: null,
     });
     export function bench({ python, note }) {
       note("Peer skipped: no package");
       note("Peer skipped: no package");
       return [row(python, 1.5, 3), row("b", 2, null)];
     }`,
  );
}

testInFolder(
  "bench without a name lists what each measures",
  async (folder) => {
    const { code, out } = await say(folder, "bench");
    assertEquals(code, 0);
    ok(/^augment +augmentations, beside gunpowder/m.test(out), out);
    const { out: json } = await say(folder, "bench", "--json");
    assertEquals(
      Object.keys(JSON.parse(json)).join(" "),
      "train infer blending gpu memory dilation augment metrics distances records",
    );
  },
);

testInFolder("bench refuses a name there is not", async (folder) => {
  const { code, err } = await say(folder, "bench", "record");
  assertEquals(code, 2);
  ok(err.endsWith('fix  Write "records"'), err);
});

testInFolder(
  "bench prints its rows, and says once what was skipped",
  async (folder) => {
    writeBench(folder);
    const { code, out, err } = await say(folder, "bench", "records");
    assertEquals(code, 0);
    assertEquals(
      out,
      [
        "what     unit  ours  peer  ratio  MiB   peer's",
        "python3  ms    1.50  3     0.500  12.5  –",
        "b        ms    2     –     –      12.5  –",
      ].join("\n"),
    );
    assertEquals(err, "Peer skipped: no package");
  },
);

testInFolder(
  "bench passes on what to measure, and shows what rows have besides",
  async (folder) => {
    mkdirSync(join(folder, "test/bench"), { recursive: true });
    writeFileSync(
      join(folder, "test/bench/gpu.ts"),
      `export const bench = ({ only }) => [{
         what: only.join("+"), unit: "ms", ours: 1, peer: null, ratio: null,
         oursMiB: null, peerMiB: null, peerIs: "compiled", firstS: 0.25,
       }];`,
    );
    const words = ["bench", "gpu", "--only", "N1", "--only", "bf16"];
    assertEquals(
      (await say(folder, ...words)).out,
      [
        "what     unit  ours  peer  ratio  MiB  peer's  peerIs    firstS",
        "N1+bf16  ms    1     –     –      –    –       compiled  0.250",
      ].join("\n"),
    );
  },
);

testInFolder(
  "bench finds Python from where the user is, or on the path",
  async (folder) => {
    writeBench(folder);
    const whatOf = async (python: string) => {
      const words = ["bench", "records", "--json", "--python", python];
      return JSON.parse((await say(folder, ...words)).out)[0].what;
    };
    assertEquals(await whatOf("./venv/python"), join(folder, "venv/python"));
    assertEquals(await whatOf("python3.11"), "python3.11");
  },
);

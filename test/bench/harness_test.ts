import { deepStrictEqual, rejects } from "node:assert";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { assertEquals } from "@test/helpers.ts";
import { benchRow, fastest, type Measured, runPeer } from "./harness.ts";

/** Runs a peer's script by a Python that is this shell script. */
function peerOf(script: string): Promise<[Measured | null, string[]]> {
  return inTemporaryFolder((folder) => {
    const python = join(folder, "python"), notes: string[] = [];
    writeFileSync(python, `#!/bin/sh\n${script}\n`);
    chmodSync(python, 0o755);
    const options = { python, note: (line: string) => notes.push(line) };
    return [runPeer(options, { script: "peer_step.py", args: [] }), notes];
  });
}

const ignore = Deno.build.os === "windows"; // it knows no such scripts

Deno.test("benchRow() divides our time by the peer's", () => {
  deepStrictEqual(
    benchRow("a", {
      ours: { ms: 3, peakMiB: 10 },
      peer: { ms: 4, peakMiB: 20 },
    }),
    {
      what: "a",
      unit: "ms",
      ours: 3,
      peer: 4,
      ratio: 0.75,
      oursMiB: 10,
      peerMiB: 20,
    },
  );
});

Deno.test("benchRow() leaves out what was not measured", () => {
  deepStrictEqual(benchRow("a", { ours: { ms: 3 }, peer: null, unit: "s" }), {
    what: "a",
    unit: "s",
    ours: 3,
    peer: null,
    ratio: null,
    oursMiB: null,
    peerMiB: null,
  });
});

Deno.test("fastest() takes the least time of those measured", () => {
  deepStrictEqual(fastest([null, { ms: 5 }, { ms: 3 }, { ms: 4 }]), { ms: 3 });
  assertEquals(fastest([null, null]), null);
});

Deno.test("runPeer() skips a Python that is not there, and says so", () => {
  const notes: string[] = [];
  const python = "/no/such/python";
  const options = { python, note: (line: string) => notes.push(line) };
  assertEquals(runPeer(options, { script: "peer_step.py", args: [] }), null);
  deepStrictEqual(notes, [
    'Peer skipped: there is no "/no/such/python"; test/bench/README.md tells how to install',
  ]);
});

Deno.test({
  name: "runPeer() skips a missing package, and says so",
  ignore,
  async fn() {
    const [measured, notes] = await peerOf(
      `echo "Traceback
ModuleNotFoundError: No module named 'torch'" >&2; exit 1`,
    );
    assertEquals(measured, null);
    deepStrictEqual(notes, [
      "Peer skipped: No module named 'torch'; test/bench/README.md tells how to install",
    ]);
  },
});

Deno.test({
  name: "runPeer() reads the last line",
  ignore,
  async fn() {
    const [measured, notes] = await peerOf(
      `echo Loading; echo '{"ms": 2, "peakMiB": 7}'`,
    );
    deepStrictEqual(measured, { ms: 2, peakMiB: 7 });
    deepStrictEqual(notes, []);
  },
});

Deno.test({
  name: "runPeer() fails where the script does",
  ignore,
  async fn() {
    await rejects(
      peerOf("echo 'MemoryError: too large' >&2; exit 1"),
      /peer_step\.py .*failed:\nMemoryError: too large/,
    );
  },
});

import { match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { cleftVersion, sha256Hex } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { inTemporaryFolder } from "./_testing.ts";
import { describeCode, describeMachine } from "./environment.ts";

Deno.test("describeMachine() names the processor, the system and versions", () => {
  const { cpu, os, versions } = describeMachine();
  ok(cpu.length > 0);
  match(os, new RegExp(Deno.build.os));
  assertEquals(versions.deno, Deno.version.deno);
  assertEquals(versions.cleft, cleftVersion);
});

Deno.test("describeCode() says where there is no repository", () => {
  inTemporaryFolder((folder) => {
    const { commit, dirtyDiff, lockfileSha256, notices } = describeCode(folder);
    assertEquals(commit, null);
    assertEquals(dirtyDiff, "");
    assertEquals(lockfileSha256, "");
    assertEquals(notices.length, 1);
  });
});

testWithGit(
  "describeCode() tells the commit and all that differs from it",
  () => {
    inTemporaryFolder((folder) => {
      const write = (name: string, text: string) =>
        Deno.writeTextFileSync(join(folder, name), text);
      git(folder, "init", "--quiet");
      write("deno.lock", "{}");
      write("a.ts", "old\n");
      git(folder, "add", ".");
      git(folder, "commit", "--quiet", "--message", "first");
      const clean = describeCode(folder);
      match(clean.commit!, /^[0-9a-f]{40}$/);
      assertEquals(clean.dirtyDiff, "");
      assertEquals(clean.lockfileSha256, sha256Hex("{}"));

      write("a.ts", "new\n");
      write("new é.ts", "hello");
      const dirty = describeCode(folder);
      match(dirty.dirtyDiff, /^-old\n\+new$/m);
      ok(
        dirty.dirtyDiff.endsWith(`untracked ${sha256Hex("hello")} new é.ts\n`),
      );
    });
  },
);

testWithGit(
  "describeCode() keeps 1 MiB of a change and the hash of all",
  () => {
    inTemporaryFolder((folder) => {
      const write = (text: string) =>
        Deno.writeTextFileSync(join(folder, "a.txt"), text);
      git(folder, "init", "--quiet");
      write("");
      git(folder, "add", ".");
      git(folder, "commit", "--quiet", "--message", "first");
      const lines = "0123456789\n".repeat(200_000);
      write(lines);
      const one = describeCode(folder).dirtyDiff;
      write(`${lines}x\n`);
      const other = describeCode(folder).dirtyDiff;
      ok(one.length < 1024 * 1024 + 200);
      match(one, /\(cut here; \d+ bytes in all, SHA-256 [0-9a-f]{64}\)\n$/);
      ok(one.slice(-100) !== other.slice(-100));
    });
  },
);

/** Registers a test that needs git; where there is none, as one left out. */
function testWithGit(name: string, fn: () => void): void {
  const isThere = spawnSync("git", ["--version"]).status === 0;
  Deno.test({
    name: isThere ? name : `${name} (no git on the path)`,
    ignore: !isThere,
    fn,
  });
}

function git(folder: string, ...args: string[]): void {
  const { success, stderr } = new Deno.Command("git", {
    args: [
      ...["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b"],
      ...["-c", "commit.gpgSign=false", ...args],
    ],
    env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  }).outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { inTemporaryFolder } from "./_testing.ts";
import { lockState, RunLock } from "./_run_lock.ts";

/** How another process finds the lock in a folder. */
function stateElsewhere(folder: string): string {
  const script = `import { lockState } from ${
    JSON.stringify(import.meta.resolve("./_run_lock.ts"))
  }; console.log(lockState(${JSON.stringify(folder)}));`;
  const { stdout } = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--config", join(import.meta.dirname!, "../../deno.json")]
      .concat(script),
  }).outputSync();
  return new TextDecoder().decode(stdout).trim();
}

Deno.test("lockState() sees what this and other processes hold", () => {
  inTemporaryFolder((folder) => {
    assertEquals(lockState(folder), "missing");
    const lock = new RunLock(folder);
    lock.take();
    assertEquals(lockState(folder), "held");
    assertEquals(stateElsewhere(folder), "held");
    lock.release();
    assertEquals(lockState(folder), "missing");
    Deno.writeTextFileSync(join(folder, "recording.lock"), "");
    assertEquals(lockState(folder), "free"); // as a kill leaves it
  });
});

Deno.test("RunLock is taken over where a kill left it, and held once", () => {
  inTemporaryFolder((folder) => {
    Deno.writeTextFileSync(join(folder, "recording.lock"), "");
    const first = new RunLock(folder), second = new RunLock(folder);
    first.take();
    second.take(); // in vain
    second.release();
    assertEquals(lockState(folder), "held");
    first.release();
    assertEquals(lockState(folder), "missing");
  });
});

Deno.test("RunLock.release() leaves the lock of who has taken over", () => {
  inTemporaryFolder((folder) => {
    const first = new RunLock(folder), second = new RunLock(folder);
    first.take();
    Deno.removeSync(join(folder, "recording.lock"));
    second.take();
    first.release();
    assertEquals(lockState(folder), "held");
    second.release();
  });
});

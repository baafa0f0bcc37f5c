import { match } from "node:assert/strict";
import { join } from "node:path";
import { projectFolder } from "@/command/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { firstComment } from "./_help.ts";

Deno.test("firstComment() gives the lines of a doc comment as they are read", () => {
  assertEquals(
    firstComment(
      "/**\n * Does it,\n * twice.\n *\n * @module\n */\nx;\n/** y */",
    ),
    "Does it,\ntwice.",
  );
  assertEquals(firstComment("x;\n"), "");
});

Deno.test("tasks that are no commands say with -h what they are for, and do nothing", async () => {
  for (const script of ["docs", "ok", "test", "wasm"]) {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "--quiet",
        join(projectFolder, "tasks", `${script}.ts`),
        "-h",
      ],
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals(code, 0, `${script}: ${new TextDecoder().decode(stderr)}`);
    match(new TextDecoder().decode(stdout), /^[A-Z]\S+ .*\./s, script);
  }
});

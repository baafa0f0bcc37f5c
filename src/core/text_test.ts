import { deepStrictEqual } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import {
  durationText,
  nearestName,
  nearestNames,
  printableLines,
  shellQuote,
} from "./text.ts";

Deno.test("nearestNames() gives all names with the fewest edits", () => {
  const known = ["seed", "set", "engine"];
  deepStrictEqual(nearestNames("sed", known), ["seed", "set"]);
  deepStrictEqual(nearestNames("SEET", known), ["seed", "set"]);
  deepStrictEqual(nearestNames("engin", known), ["engine"]);
  deepStrictEqual(nearestNames("threads", known), []);
  deepStrictEqual(nearestNames("seed", []), []);
  assertEquals(nearestName("sed", known), "seed");
  assertEquals(nearestName("threads", known), undefined);
});

Deno.test("printableLines() leaves lines and letters, and shows what steers terminals", () => {
  assertEquals(printableLines("größe\n  5 µm\n"), "größe\n  5 µm\n");
  assertEquals(
    printableLines("\x1b[31mred\x07\r\x9b2J\u202e"),
    "\\u001b[31mred\\u0007\\u000d\\u009b2J\\u202e",
  );
});

Deno.test("shellQuote() gives what a shell reads back unchanged", () => {
  for (const word of ["a b", "it's", "$(rm)", "loss.terms[0].weight=2", ""]) {
    const { stdout } = new Deno.Command("sh", {
      args: ["-c", `printf %s ${shellQuote(word)}`],
    }).outputSync();
    assertEquals(new TextDecoder().decode(stdout), word);
  }
});

Deno.test("durationText() has two units at most", () => {
  const cases = [
    [0, "0 s"],
    [59_400, "59 s"],
    [59_600, "1 min 00 s"],
    [185_000, "3 min 05 s"],
    [3_599_000, "59 min 59 s"],
    [3_600_000, "1 h 00 min"],
    [3_725_000, "1 h 02 min"],
  ] as const;
  for (const [ms, text] of cases) deepStrictEqual(durationText(ms), text);
});

import { assertEquals } from "@test/helpers.ts";
import { shortNumber, shortTime, table } from "./_text.ts";

Deno.test("table() sets its columns below each other, nothing of no rows", () => {
  assertEquals(table([]), "");
  assertEquals(table([["a"]]), "a");
  assertEquals(
    table([["name", "n"], ["dice", "12", "more"], ["b"]]),
    "name  n\ndice  12  more\nb",
  );
});

Deno.test("shortNumber() keeps three digits, whole numbers and a dash for none", () => {
  const shown = [0.51234, 1532, 1532.7, 0.00012345, -0.5, null, undefined, NaN];
  assertEquals(
    shown.map(shortNumber).join(" "),
    "0.512 1532 1533 0.000123 -0.500 – – –",
  );
});

Deno.test("shortTime() is to the minute, a dash for none", () => {
  assertEquals(shortTime("2026-02-03T14:05:59.123Z"), "2026-02-03 14:05");
  assertEquals(shortTime(null), "–");
});

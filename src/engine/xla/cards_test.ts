import { deepStrictEqual } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { parseCards } from "./cards.ts";

Deno.test("parseCards() reads a line for each card", () => {
  const text = "580.95.05, NVIDIA H200, 143771, 9.0\n" +
    "580.95.05, NVIDIA L4, 23034, 8.9\n";
  deepStrictEqual(parseCards(text), {
    driver: "580.95.05",
    cards: [
      { name: "NVIDIA H200", memoryMiB: 143771, capability: 9 },
      { name: "NVIDIA L4", memoryMiB: 23034, capability: 8.9 },
    ],
  });
});

Deno.test("parseCards() takes what drivers leave out as unknown", () => {
  deepStrictEqual(parseCards("470.82.01, Tesla K80, [N/A]\n"), {
    driver: "470.82.01",
    cards: [{ name: "Tesla K80", memoryMiB: null, capability: null }],
  });
});

Deno.test("parseCards() finds nothing in a complaint", () => {
  assertEquals(parseCards("No devices were found\n"), null);
  assertEquals(parseCards(""), null);
});

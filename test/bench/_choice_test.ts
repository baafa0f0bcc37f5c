import { assertEquals } from "@test/helpers.ts";
import { isChosen } from "./_choice.ts";

Deno.test("isChosen() takes names that have every part of a word", () => {
  const name = "N1-train-bf16";
  for (const words of [[], ["N1-train-bf16"], ["bf16"], ["x", "bf16-N1"]]) {
    assertEquals(isChosen(name, words), true, words.join());
  }
  for (const words of [["N1-bf"], ["small"], ["N1-forward", "train-fp32"]]) {
    assertEquals(isChosen(name, words), false, words.join());
  }
});

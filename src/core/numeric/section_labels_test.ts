import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { openRng } from "../rng.ts";
import { labelComponents } from "./components.ts";
import { SectionLabels } from "./section_labels.ts";

Deno.test("SectionLabels() gives in a second pass the components of the whole", () => {
  const rng = openRng(8);
  const mask = Uint8Array.from(
    { length: 6 * 70 },
    () => rng.uniform(0, 1) < 0.3 ? 1 : 0,
  );
  const whole = labelComponents(mask, [6, 7, 10], 18);
  const pass = () => {
    const sections = new SectionLabels([7, 10], 18);
    const labels = new Int32Array(mask.length);
    for (let at = 0; at < mask.length; at += 70) {
      sections.add(mask.subarray(at, at + 70), labels.subarray(at, at + 70));
    }
    return { sections, labels };
  };
  const { sections, labels: first } = pass();
  const { numbers, count } = sections.number();
  const { labels: again } = pass();
  assertSameNumbers(again, first);
  assertEquals(count, whole.count);
  assertSameNumbers(again.map((label) => numbers[label]!), whole.labels);
});

Deno.test("SectionLabels() does not join across the borders of rows", () => {
  const sections = new SectionLabels([2, 3], 26);
  const labels = new Int32Array(6);
  sections.add(Uint8Array.of(0, 0, 1, 1, 0, 0), labels);
  assertEquals(labels.join(), "0,0,1,2,0,0");
  sections.add(Uint8Array.of(0, 0, 0, 0, 0, 0), labels);
  sections.add(Uint8Array.of(0, 0, 1, 0, 0, 0), labels); // two sections on
  assertEquals(labels.join(), "0,0,3,0,0,0");
});

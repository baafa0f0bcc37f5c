import { equal } from "node:assert/strict";
import { see } from "../_reading_testing.ts";
import { SpreadText } from "./spread_text.tsx";

const shown = (spread: Parameters<typeof SpreadText>[0]["spread"], unit = "") =>
  see(<SpreadText spread={spread} unit={unit} />).lines.join();

Deno.test("SpreadText() shows mean and deviation, as far as there are any", () => {
  equal(shown({ mean: 0.5124, deviation: 0.013, n: 2 }), "0.512 ± 0.013");
  equal(shown({ mean: 0.5, deviation: 0, n: 2 }), "0.500 ± 0");
  equal(shown({ mean: 0.5, deviation: null, n: 1 }), "0.500");
  equal(shown({ mean: 30, deviation: 2, n: 3 }, "nm"), "30.0 ± 2.0");
  equal(shown(null), "–");
});

import {
  deepStrictEqual,
  doesNotMatch,
  match,
  notStrictEqual,
} from "node:assert/strict";
import { newRun, withRecords } from "@/record/_testing.ts";
import { newLiveRun } from "@/report/live/_testing.ts";
import { runNews } from "./run_events.ts";

Deno.test("runNews() tells points and lines once, and when a page has other parts", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    const run = newLiveRun({ id: recorder.run.id, state: "running" });
    const point = (name: string, step: number) =>
      recorder.metric({ split: "train", name, step, value: step / 10 });
    const news = (known: string | null) => {
      recorder.flush();
      return runNews(records, { run, known });
    };
    point("loss", 1);
    point("loss", 2);
    recorder.log("info", "<b>begun</b>");
    const first = news(null);
    deepStrictEqual(first.data.points, [
      { split: "train", name: "loss", steps: [1, 2], values: [0.1, 0.2] },
    ]);
    match(first.data.log, /&lt;b>begun/);
    const none = news(first.known);
    deepStrictEqual([none.known, none.data.points], [first.known, []]);
    deepStrictEqual([none.data.log, none.data.parts], ["", first.data.parts]);
    point("loss", 3);
    recorder.artifact("checkpoint/last", "a/b", new Uint8Array(1));
    const further = news(first.known);
    deepStrictEqual(further.data.points.map(({ steps }) => steps), [[3]]);
    deepStrictEqual(further.data.parts, first.data.parts);
    deepStrictEqual(further.data.measured, first.data.measured);
    recorder.metric({ split: "validation", name: "ap", step: 3, value: 1 });
    const validated = news(further.known);
    notStrictEqual(validated.data.measured, first.data.measured);
    const see = (content: number) =>
      recorder.artifactsBelow("sections", [{
        ...{ name: "sections/a.png", mediaType: "image/png" },
        content: Uint8Array.of(content),
      }]);
    see(1);
    const seen = news(further.known);
    notStrictEqual(seen.data.parts, validated.data.parts);
    see(2); // the page has a place for it now
    const again = news(further.known);
    deepStrictEqual(again.data.parts, seen.data.parts);
    notStrictEqual(again.data.measured, seen.data.measured);
    point("dice", 3);
    const other = news(further.known);
    deepStrictEqual(other.data.points.map(({ name }) => name), ["dice", "ap"]);
    notStrictEqual(other.data.parts, first.data.parts);
    recorder.artifact("network.svg", "image/svg+xml", new Uint8Array(1));
    notStrictEqual(news(other.known).data.parts, other.data.parts);
    doesNotMatch(news(other.known).data.log, /begun/);
    recorder.finish("finished");
  });
});

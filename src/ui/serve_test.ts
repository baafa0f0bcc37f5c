import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { newRun } from "@/record/_testing.ts";
import { eventsOf, recordRun, withUi } from "./_testing.ts";

Deno.test("serveUi() shows the runs, and tells pages that follow what changes", () =>
  withUi(async ({ base, get, records }) => {
    match(await get(""), /No run yet/);
    const first = recordRun(records, { experiment: "first" });
    const page = await get("");
    match(page, new RegExp(`data-id="${first}"`));
    const [, version] = /"version":(\d+)/.exec(page)!;
    const events = eventsOf(`${base}/events?since=${version}`);
    using recorder = records.startRun(
      newRun({ experiment: "second", plan: '{"steps":{"total":4}}' }),
    );
    const { value: begun } = await events.next();
    deepStrictEqual(begun!.name, "rows");
    const said = begun!.data as {
      readonly rows: readonly {
        readonly id: string;
        readonly above: unknown;
      }[];
      readonly counts: string;
    };
    deepStrictEqual(
      said.rows.map(({ id, above }) => [id, above]),
      [[recorder.run.id, null]],
    );
    strictEqual(said.counts, "2 runs, 1 running");
    recorder.metric({ split: "train", name: "loss", step: 1, value: 1 });
    recorder.flush();
    const { value: further } = await events.next();
    match(JSON.stringify(further!.data), /25 %/);
    await events.return(undefined);
    // Whoever was away hears the rest.
    const again = eventsOf(`${base}/events?since=${begun!.id}`);
    match(JSON.stringify((await again.next()).value!.data), /25 %/);
    await again.return(undefined);
    recorder.finish("finished");
  }));

Deno.test("serveUi() answers a search with ids, or with what is wrong in three lines", () =>
  withUi(async ({ get, records }) => {
    const id = recordRun(records);
    const search = async (text: string) =>
      JSON.parse(await get(`search?text=${encodeURIComponent(text)}`));
    deepStrictEqual(await search("mixloss"), { hits: [id] });
    const { fault } = await search("seed >");
    match(fault, /^Cannot .+\n {2}at .+\n {2}fix .+$/);
  }));

Deno.test("serveUi() refuses other pages and what is not there", () =>
  withUi(async ({ base }) => {
    const answer = await fetch(`${base}/`, {
      headers: { "sec-fetch-site": "cross-site" },
    });
    strictEqual(answer.status, 403);
    strictEqual(await answer.text(), "Refused: another page asks\n");
    match(answer.headers.get("content-security-policy")!, /frame-ancestors/);
    const missing = await fetch(`${base}/nosuch`);
    await missing.body?.cancel();
    strictEqual(missing.status, 404);
  }));

Deno.test("serveUi() shows a run's report, and tells its page of points that are new", () =>
  withUi(async ({ base, get, records }) => {
    using recorder = records.startRun(newRun());
    const { id } = recorder.run;
    const put = (step: number) => {
      recorder.metric({ split: "train", name: "loss", step, value: step });
      recorder.flush();
    };
    put(1);
    const page = await get(`run/${id}`);
    match(page, /id="curves-data"/);
    const [, version] = /"version":"([^"]+)"/.exec(page)!;
    const query = new URLSearchParams({ run: id, since: version! });
    const events = eventsOf(`${base}/events?${query}`);
    const { value: now } = await events.next();
    strictEqual(now!.name, "run");
    put(2);
    const { value: then } = await events.next();
    const { points } = then!.data as { readonly points: unknown };
    deepStrictEqual(points, [
      { split: "train", name: "loss", steps: [2], values: [2] },
    ]);
    await events.return(undefined);
    recorder.finish("finished");
    const missing = await fetch(`${base}/run/nosuch`);
    await missing.body?.cancel();
    strictEqual(missing.status, 404);
  }));

import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { newRun } from "@/record/_testing.ts";
import { recordRun, type TriedUi, withUi } from "./_testing.ts";

/** The ids that a page lists. */
async function listed({ get }: TriedUi, show: string): Promise<string[]> {
  const page = await get(`?show=${show}`);
  return [...page.matchAll(/<tr data-id="([^"]+)"/g)].map(([, id]) => id!);
}

Deno.test("actions mark runs, and refuse what is no name", () =>
  withUi(async (ui) => {
    const id = recordRun(ui.records, { tags: ["draft"] });
    const evil = "<script>alert(1)</script>";
    deepStrictEqual(
      await ui.act("act/mark", {
        ...{ runs: [id], add: ["paper", evil], remove: ["draft"] },
        ...{ note: evil, group: "g" },
      }),
      { done: "Marked 1 run" },
    );
    const { tags, note, group } = ui.records.collection.marksOf(id);
    deepStrictEqual([tags, note, group], [[evil, "paper"], evil, "g"]);
    match(await ui.get(""), /&lt;script>alert/);
    for (const body of [{ add: [" a"] }, { group: "a\nb" }, { add: 1 }]) {
      const { fault } = await ui.act("act/mark", { runs: [id], ...body }) as {
        readonly fault: string;
      };
      match(fault, /^Cannot .+\n {2}at .+\n {2}fix .+$/);
    }
    deepStrictEqual(ui.records.collection.marksOf(id).group, "g");
    await ui.act("act/mark", { runs: [id], note: null });
    deepStrictEqual(ui.records.collection.marksOf(id).note, null);
  }));

Deno.test("actions put runs aside, delete them and bring them back, those that run not deleted", () =>
  withUi(async (ui) => {
    const id = recordRun(ui.records);
    const repeats = recordRun(ui.records, { rerunOf: id });
    const runs = [id];
    await ui.act("act/archive", { runs });
    deepStrictEqual(await listed(ui, "current"), [repeats]);
    deepStrictEqual(await listed(ui, "archived"), [id]);
    deepStrictEqual(await ui.act("act/dependents", { runs }), {
      done: `${repeats} repeats ${id}`,
    });
    await ui.act("act/delete", { runs });
    deepStrictEqual(await listed(ui, "archived"), []);
    deepStrictEqual(await listed(ui, "deleted"), [id]);
    await ui.act("act/restore", { runs });
    deepStrictEqual(await listed(ui, "current"), [repeats, id]);
    using recorder = ui.records.startRun(newRun());
    const running = await ui.act("act/delete", { runs: [recorder.run.id] });
    match(JSON.stringify(running), /it is running/);
    match(
      JSON.stringify(await ui.act("act/archive", { runs: ["nosuch"] })),
      /Cannot find the run/,
    );
    recorder.finish("finished");
  }));

Deno.test("actions are done for our pages alone, and no others there are", () =>
  withUi(async ({ base, records }) => {
    const id = recordRun(records);
    const post = async (path: string, headers: Record<string, string>) => {
      const body = JSON.stringify({ runs: [id] });
      const answer = await fetch(`${base}/${path}`, {
        ...{ method: "POST", headers, body },
      });
      await answer.body?.cancel();
      return answer.status;
    };
    strictEqual(await post("act/archive", {}), 403);
    strictEqual(await post("act/archive", { "x-cleft-token": "guess" }), 403);
    const [, token] = /"token":"([^"]+)"/.exec(
      await (await fetch(`${base}/`)).text(),
    )!;
    strictEqual(await post("act/nosuch", { "x-cleft-token": token! }), 404);
    const got = await fetch(`${base}/act/archive`);
    await got.body?.cancel();
    strictEqual(got.status, 404); // nothing changes by following a link
    deepStrictEqual(records.collection.select({}).runs.length, 1);
  }));

Deno.test("actions start experiments below the folder alone", () =>
  withUi(async ({ act, folder }) => {
    Deno.mkdirSync(`${folder}/in`);
    Deno.writeTextFileSync(`${folder}/in/a.yaml`, "name: a\n");
    Deno.writeTextFileSync(`${folder}/notes.yaml`, "title: a\n");
    Deno.symlinkSync("/etc/hosts", `${folder}/link.yaml`);
    for (
      const file of ["notes.yaml", "../x.yaml", "/etc/hosts", "link.yaml", ""]
    ) {
      const answer = await act("act/start", { file, seed: null, set: [] });
      match(JSON.stringify(answer), /it is no experiment file/, file);
    }
  }));

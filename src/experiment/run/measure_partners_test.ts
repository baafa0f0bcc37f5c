import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import type { Volume } from "@/core/mod.ts";
import { openShared, shareVolume, sources } from "@/data/mod.ts";
import type { Artifact } from "@/record/mod.ts";
import { smallPhantom, smallPlan, Workplace } from "./_testing.ts";
import { hasKnownPartners, measurePartners } from "./measure_partners.ts";

const heads = [{
  ...{ name: "polarity", target: { type: "polarity" } },
  loss: { terms: [{ type: "squaredError" }] },
}];
const steps = [{ type: "threshold", p: 0.3 }];

Deno.test("a run scores the partners that it finds, and keeps what it found", async () => {
  using place = new Workplace();
  const plan = smallPlan({
    data: { validation: [smallPhantom(6)], test: [smallPhantom(1)] },
    heads,
    train: { volumeTotal: 4 },
    evaluate: {
      ...{ metrics: ["dice"], sectionsShown: 1 },
      partners: { steps, minContactVox: 1 },
    },
  });
  const { id } = await place.run(plan);
  using records = place.records();
  const lines = place.printed.filter((line) => line.includes("partners"));
  match(lines[0]!, /^validation partners: F-score .+, \d+ found, 3 there$/);
  match(lines[1]!, /^test partners: F-score .+, \d+ found, 2 there$/);
  const text = records.artifact(id, "partners/validation/phantom-6.json");
  const { truth, found, recall } = JSON.parse(new TextDecoder().decode(text));
  deepStrictEqual(truth, 3);
  const [point] = records.metrics(id, {
    split: "validation",
    name: "best.partners.recall",
  });
  deepStrictEqual([point!.value, Number.isInteger(found)], [recall, true]);
});

Deno.test("hasKnownPartners() wants partners and neurons", () => {
  const of = (known: object) => hasKnownPartners(known as Volume);
  const partners = () => [], neurons = () => new Uint32Array();
  deepStrictEqual(of({ partners, neurons }), true);
  deepStrictEqual([{ partners }, { neurons }, {}].map(of), [
    false,
    false,
    false,
  ]);
});

Deno.test("a run is refused that could score no partners", async () => {
  using place = new Workplace();
  await rejects(
    place.run(smallPlan({
      data: { validation: [] },
      heads,
      evaluate: { metrics: ["dice"], partners: { steps } },
    })),
    /no volume to validate or test on has both a table of them and neuron ids/,
  );
});

Deno.test("measurePartners() finds all partners of a network that knows them", async () => {
  using phantom = await sources.create(
    sources.schema.parse({
      ...{ type: "phantom", seed: 7, shapeVox: [8, 96, 96] },
      voxelNm: [50, 8, 8],
    }),
  ).open({ dataRoots: [], cacheFolder: "", where: "test" });
  const volume: Volume = openShared(
    shareVolume(phantom, { withPartners: true, withNeurons: true }),
  );
  // Around each presynaptic site 1, around each other one 0.
  const said = new Float32Array(8 * 96 * 96).fill(0.5);
  for (const { preVox, postVox } of volume.partners!()) {
    for (const [place, value] of [[preVox, 1], [postVox, 0]] as const) {
      const [z0, y0, x0] = place.map(Math.round) as [number, number, number];
      for (let i = 0; i < said.length; i++) {
        const z = Math.floor(i / 9216), y = Math.floor(i / 96) % 96, x = i % 96;
        const nm = Math.hypot(50 * (z - z0), 8 * (y - y0), 8 * (x - x0));
        if (nm < 60) said[i] = value;
      }
    }
  }
  const artifacts: string[] = [];
  const points: { name: string; value: number }[] = [];
  const { spec } = smallPlan({
    heads,
    evaluate: { partners: { steps, minContactVox: 5 } },
  });
  const line = measurePartners([{ volume, polarity: said }], {
    ...{ spec, split: "test", step: 3 },
    recorder: {
      recorder: {
        artifact: (name) => {
          artifacts.push(name);
          return { name } as Artifact;
        },
      },
      metrics: (all) => void points.push(...all),
    },
  });
  match(line!, /^test partners: F-score /);
  deepStrictEqual(artifacts, ["partners/test/phantom-7.json"]);
  const recall = points.find(({ name }) => name === "best.partners.recall");
  ok(recall!.value > 0.6, `${recall!.value}`);
});

Deno.test("measurePartners() has no score where there is nothing to find, and says so", () => {
  const points: { name: string; value: number }[] = [];
  const polarity = new Float32Array(4).fill(0.5);
  const { spec } = smallPlan({ heads, evaluate: { partners: { steps } } });
  const volume = {
    ...{ name: "a", shapeVox: [1, 2, 2], voxelNm: [40, 4, 4] },
    ...{ offsetNm: [0, 0, 0], hasLabels: true, inputs: [] },
    ...{ partners: () => [], neurons: () => () => new Uint32Array(4) },
    read: () => ({
      ...{ image: new Float32Array(4), target: new Uint8Array(4) },
      ...{ mask: new Uint8Array(4), shapeVox: [1, 2, 2] },
    }),
  } as unknown as Volume;
  const measure = (...predicted: Parameters<typeof measurePartners>[0]) =>
    measurePartners(predicted, {
      ...{ spec, split: "validation", step: 3 },
      recorder: {
        recorder: { artifact: (name) => ({ name }) as Artifact },
        metrics: (all) => void points.push(...all),
      },
    });
  deepStrictEqual(
    measure({ volume, polarity }, { volume, polarity }),
    "validation partners: F-score –, 0 found, 0 there",
  );
  deepStrictEqual(points.map(({ value }) => value), [NaN, NaN, NaN]);
  deepStrictEqual(measure({ volume }), null); // of which nothing is known
});

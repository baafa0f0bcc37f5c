import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { sizeOf } from "@/core/mod.ts";
import { createHdf5, type NewDataset, writeHdf5 } from "../../hdf5/mod.ts";
import { craftHdf5, datatypes } from "../../hdf5/_testing.ts";
import {
  background,
  labelsNm,
  labelsVox,
  rawVox,
  soundAnnotations,
  soundContent,
  withPath,
} from "../_testing.ts";
import type { Annotations } from "../annotations.ts";
import { siteTypes } from "../layout.ts";
import { type CremiContent, writeCremi } from "../write_cremi.ts";
import { checkCremi, type CheckedCremi } from "./check_cremi.ts";

const sound = soundContent();

/** What is said of a sound file that was changed. */
function said(change: Partial<CremiContent>): Promise<CheckedCremi> {
  return withPath(async (path) => {
    await writeCremi(path, { ...sound, ...change });
    return checkCremi({ path, where: "a.hdf" });
  });
}

/** What is said of datasets. */
function saidOf(
  datasets: Readonly<Record<string, NewDataset>>,
): Promise<CheckedCremi> {
  return withPath(async (path) => {
    await writeHdf5(path, datasets);
    return checkCremi({ path });
  });
}

/** Sound annotations with some other parts. */
function annotated(change: Partial<Annotations>): Partial<CremiContent> {
  return { annotations: { ...soundAnnotations, ...change } };
}

function onlyFault({ faults }: CheckedCremi, expected: RegExp): void {
  const text = faults.map(({ message, fix }) => `${message}; ${fix}`);
  strictEqual(text.length, 1, text.join("\n"));
  match(text[0]!, expected);
}

Deno.test("checkCremi() tells what is in a sound padded volume", async () => {
  const { path: _, ...found } = await said({});
  const place = { shapeVox: labelsVox, startVox: [1, 5, 4], kind: "u64" };
  deepStrictEqual(found, {
    isSound: true,
    faults: [],
    form: "volume",
    notes: [],
    raw: {
      ...{ shapeVox: rawVox, voxelNm: [40, 4, 4], offsetNm: [0, 0, 0] },
      kind: "u8",
    },
    clefts: { ...place, clefts: 3, cleftVox: 12, unknownVox: 1 },
    neuronIds: { ...place, neurons: 4 },
    annotations: {
      ...{ presynaptic: 2, postsynaptic: 2, others: 0 },
      ...{ partners: 2, farPartners: 0, comments: 1 },
    },
  });
});

const { raw, clefts, neuronIds } = sound;
const { points, partners } = soundAnnotations;

/** What is done to the sound volume, and what is said then. */
const broken: Readonly<
  Record<string, readonly [Partial<CremiContent>, RegExp]>
> = {
  "labels without their offset": [
    {
      clefts: { ...clefts!, offsetNm: undefined },
      neuronIds: undefined,
      ...annotated({ points: [], partners: [], comments: [] }),
    },
    /clefts" with "volumes\/raw": they are 4 × 12 × 10.*6 × 24 × 20; .*offset/,
  ],
  "an offset in voxels": [
    { clefts: { ...clefts!, offsetNm: [1, 5, 4] } },
    /between two voxels; Correct the attribute "offset"/,
  ],
  "labels that go beyond the grey values": [
    { neuronIds: { ...neuronIds!, offsetNm: [120, 20, 16] } },
    /they are 4 × 12 × 10 voxels from voxel 3, 5, 4, the raw data 6/,
  ],
  "labels of different places": [
    { neuronIds: { ...neuronIds!, offsetNm: [80, 20, 16] } },
    /from voxel 1, 5, 4 and .* from voxel 2, 5, 4; Give both one shape/,
  ],
  "a resolution in x, y, z": [
    {
      voxelNm: [4, 4, 40],
      ...{ clefts: undefined, neuronIds: undefined, annotations: undefined },
    },
    /4 × 4 × 40 nm, finest along z.*z, y, x: 40, 4, 4/,
  ],
  "a resolution in micrometres": [
    {
      voxelNm: [0.04, 0.004, 0.004],
      ...{ clefts: undefined, neuronIds: undefined, annotations: undefined },
    },
    /0.04 × 0.004 × 0.004 nm .*as if in micrometres; Correct the attribute/,
  ],
  "no cleft": [
    { clefts: { ...clefts!, data: clefts!.data.slice().fill(background) } },
    /it has no cleft: all its 480 known voxels are background; Write ids/,
  ],
  "only clefts": [
    { clefts: { ...clefts!, data: clefts!.data.slice().fill(3n) } },
    /all of it is cleft; Write 0xffffffffffffffff for background/,
  ],
  "nothing but what is unknown": [
    { clefts: { ...clefts!, data: clefts!.data.map(() => background - 1n) } },
    /all its voxels are unknown; Write what is cleft/,
  ],
  "no neuron": [
    { neuronIds: { ...neuronIds!, data: neuronIds!.data.slice().fill(0n) } },
    /neuron_ids": it has no neuron; Write an id/,
  ],
  "grey values that are all the same": [
    { raw: { ...raw!, data: raw!.data.slice().fill(9) } },
    /all its grey values are 9; Write the grey values/,
  ],
  "an id of two points": [
    annotated({
      points: [...points, {
        id: 14n,
        type: siteTypes.post,
        locationNm: [80, 40, 8],
      }],
    }),
    /5 points of "annotations\/ids" have 4 ids, 14 is of several; Give each/,
  ],
  "a partner that is no point": [
    annotated({ partners: [...partners, { pre: 0n, post: 14n }] }),
    /partners": its id 0 is of no point .*the table holds ids, not rows/,
  ],
  "pre and post swapped": [
    annotated({
      partners: partners.map(({ pre: post, post: pre }) => ({ pre, post })),
    }),
    /pre and post are swapped in 2 of 2 pairs, the first 12, 11; Write pre/,
  ],
  "a pair of two presynaptic sites": [
    annotated({ partners: [partners[0]!, { pre: 11n, post: 13n }] }),
    /1 of 2 pairs are no .*11, 13 is of presynaptic_site and presynaptic_site/,
  ],
  "a point outside": [
    annotated({
      points: [...points.slice(0, 3), {
        id: 14n,
        type: siteTypes.post,
        locationNm: [80, 400, 4],
      }],
    }),
    /1 of 4 points lie outside .* the first 14 at 120, 420, 20 nm; Write z, y/,
  ],
  "points in x, y, z": [
    annotated({
      points: points.map(({ locationNm: [z, y, x], ...one }) => ({
        ...one,
        locationNm: [x, y, z],
      })),
    }),
    /points lie outside .* as if written in x, y, z; /,
  ],
  "points that count from the grey values": [
    annotated({
      offsetNm: [160, 20, 16],
      points: points.map(({ locationNm: [z, y, x], ...one }) => ({
        ...one,
        locationNm: [z + 40, y + 20, x + 16],
      })),
    }),
    /as if written counted from .*is 160, 20, 16, that of the labels 40, 20, 16/,
  ],
};

for (const [what, [change, expected]] of Object.entries(broken)) {
  Deno.test(`checkCremi() tells of ${what}, and of nothing else`, async () => {
    onlyFault(await said(change), expected);
  });
}

Deno.test("checkCremi() tells of all faults at once, with where they are", async () => {
  const { faults, isSound, raw } = await said({
    neuronIds: { ...neuronIds!, data: neuronIds!.data.slice().fill(0n) },
    ...annotated({ partners: [{ pre: 1n, post: 2n }] }),
  });
  strictEqual(isSound, false);
  deepStrictEqual(faults.map(({ where }) => where), ["a.hdf", "a.hdf"]);
  deepStrictEqual(raw?.shapeVox, rawVox);
});

Deno.test("checkCremi() notes what is unusual and not wrong", async () => {
  const far = { id: 14n, type: siteTypes.post, locationNm: [80, 40, 4] };
  const { notes, annotations, faults } = await said({
    raw: { ...raw!, shapeVox: [6, 24, 20] },
    clefts: {
      ...clefts!,
      data: clefts!.data.map((id) => id === background ? 0n : id),
    },
    ...annotated({
      points: [
        ...points.slice(0, 2),
        { id: 13n, type: siteTypes.pre, locationNm: [0, -20, -16] },
        { ...far, locationNm: [160, 75, 63] },
        { id: 15n, type: "vesicle", locationNm: [40, 8, 8] },
      ],
      comments: [{ targetId: 99n, text: "lost" }],
    }),
  });
  deepStrictEqual(faults, []);
  strictEqual(annotations?.farPartners, 0);
  deepStrictEqual(notes.map((note) => note.slice(0, 34)), [
    '467 of its voxels are 0 in "volume',
    "1 of 5 points are neither pre- nor",
    "1 of 5 points have no partner",
    "1 of 1 comments are about no point",
    "2 of 5 points lie beyond what is l",
  ]);
});

Deno.test("checkCremi() notes pairs that are more than 300 nm apart", async () => {
  const wide = {
    shapeVox: [12, 24, 20] as const,
    offsetNm: [0, 0, 0] as const,
  };
  const data = Uint8Array.from(
    { length: sizeOf(wide.shapeVox) },
    (_, i) => i % 9,
  );
  const { notes, annotations } = await said({
    raw: { ...wide, data },
    ...annotated({
      points: [
        ...points.slice(0, 3),
        { id: 14n, type: siteTypes.post, locationNm: [420.5, 8.5, 4] }, // 300.5 nm from 13
      ],
    }),
  });
  strictEqual(annotations?.farPartners, 1);
  deepStrictEqual(notes, [
    "1 of 2 pairs are more than 300 nm apart, the farthest 301 nm (13, 14): " +
    "outliers, or wrong pairs",
    "1 of 4 points lie beyond what is labelled",
  ]);
});

Deno.test("checkCremi() takes a file without grey values for a submission", async () => {
  const alone = { ...sound, raw: undefined, annotations: undefined };
  const { form, isSound, clefts: found, notes } = await said(alone);
  deepStrictEqual([form, isSound, found?.startVox], [
    "submission",
    true,
    [0, 0, 0],
  ]);
  match(
    notes.join(),
    /4 × 12 × 10 voxels, the challenge's test volumes are 125/,
  );
  const zeros = clefts!.data.map((id) => id === background ? 0n : id);
  onlyFault(
    await said({ ...alone, clefts: { ...clefts!, data: zeros } }),
    /467 of its voxels are 0, which the challenge takes for a cleft; Write 0xff/,
  );
  onlyFault(
    await said({
      ...alone,
      clefts: { ...clefts!, data: clefts!.data.slice().fill(background) },
    }),
    /it has no cleft: .*; Lower the threshold/,
  );
});

Deno.test("checkCremi() tells of ids that are no u64, floats in every file", async () => {
  const plan = { shapeVox: [1, 2, 2], resolutionNm: [40, 4, 4] } as const;
  const grey = { ...plan, data: Uint8Array.of(1, 2, 3, 4) };
  const narrow = { ...plan, data: Uint8Array.of(0, 0, 0, 1) };
  const float = { ...plan, data: Float32Array.of(0, 0, 0, 1) };
  const labels = "volumes/labels/clefts";
  onlyFault(
    await saidOf({ [labels]: narrow }),
    /numbers are u8, ids are u64; Wri/,
  );
  const { faults, notes } = await saidOf({
    "volumes/raw": grey,
    [labels]: narrow,
  });
  deepStrictEqual(faults, []);
  match(
    notes.join("\n"),
    /"volumes\/labels\/clefts" is u8, in the challenge's/,
  );
  onlyFault(
    await saidOf({ "volumes/raw": grey, "volumes/labels/neuron_ids": float }),
    /neuron_ids": its numbers are f32, ids are u64; Write it as u64, in numpy/,
  );
});

Deno.test("checkCremi() tells of datasets that are missing or have another name", async () => {
  const plan = { shapeVox: [1, 2, 2], resolutionNm: [40, 4, 4] } as const;
  const grey = { ...plan, data: Uint8Array.of(1, 2, 3, 4) };
  onlyFault(
    await saidOf({ main: grey }),
    /anything of CREMI's layout .*it has "main"; Name grey values "volumes\/raw"/,
  );
  onlyFault(
    await saidOf({ "volumes/raw": grey, "volumes/labels/cleft": grey }),
    /Cannot find "volumes\/labels\/clefts": the file has "volumes\/labels\/cleft"/,
  );
  const ids = {
    ...plan,
    data: BigUint64Array.of(1n, background, 2n, background),
  };
  const submission = { "volumes/labels/clefts": ids };
  onlyFault(
    await saidOf({ ...submission, "Raw": grey }),
    /Cannot find "volumes\/raw": the file has "Raw"; Rename it/,
  );
  for (const other of ["volumes/map", "masks/defects", "a"]) {
    deepStrictEqual(
      (await saidOf({ ...submission, [other]: grey })).faults,
      [],
    );
  }
  const { resolutionNm: _, ...bare } = grey;
  onlyFault(
    await saidOf({ "volumes/raw": bare }),
    /it has no attribute "resolution"; Add it/,
  );
  const { notes } = await saidOf({ "volumes/raw": grey });
  deepStrictEqual(notes, [
    "Without cleft ids it is for predictions, not for training",
  ]);
});

Deno.test("checkCremi() notes big-endian numbers and reads them", async () => {
  await withPath(async (path) => {
    Deno.writeFileSync(
      path,
      craftHdf5({
        "volumes/raw": {
          shape: [1, 1, 2],
          type: datatypes.u16Big,
          data: Uint8Array.of(0, 1, 1, 0),
          attributes: { resolution: [40, 4, 4] },
        },
      }),
    );
    const { faults, notes, raw } = await checkCremi({ path });
    deepStrictEqual([faults, raw?.kind], [[], "u16"]);
    match(notes.join("\n"), /"volumes\/raw" is big-endian, in the challenge's/);
  });
});

Deno.test("checkCremi() tells of files that are none, or cut off", async () => {
  await withPath(async (path) => {
    onlyFault(await checkCremi({ path }), /there is no such file; Correct/);
    await writeCremi(path, sound);
    Deno.truncateSync(path, 3000);
    const { isSound, form, raw } = await checkCremi({ path });
    deepStrictEqual([isSound, form, raw], [false, null, null]);
  });
});

Deno.test("checkCremi() tells of damage in three parts, wherever it is", async () => {
  await withPath(async (path) => {
    const { voxelNm: resolutionNm } = sound;
    await writeHdf5(path, { // no texts: HDF5 gives up over damaged ones
      "volumes/raw": { ...raw!, resolutionNm, offsetNm: [0, 0, 0] },
      "volumes/labels/clefts": { ...clefts!, resolutionNm, offsetNm: labelsNm },
    });
    const bytes = Deno.readFileSync(path);
    let damaged = 0;
    for (let at = 0; at < 960; at += 16) { // what describes the rest
      const copy = bytes.slice();
      copy.set(copy.subarray(at, at + 8).map((byte) => ~byte), at);
      Deno.writeFileSync(path, copy);
      const { isSound, faults } = await checkCremi({ path, where: "a.hdf" });
      strictEqual(isSound, faults.length === 0);
      for (const { message, where, fix } of faults) {
        match(`${message} ${where} ${fix}`, /^Cannot .* a\.hdf [A-Z]/);
      }
      if (faults.length > 0) damaged++;
    }
    strictEqual(damaged > 10, true, `${damaged} of 60`);
  });
});

Deno.test("checkCremi() stops when it is told to", async () => {
  await withPath(async (path) => {
    await writeCremi(path, sound);
    const reason = new DOMException("stop", "AbortError");
    const found = await checkCremi({ path, signal: AbortSignal.abort(reason) })
      .catch((error) => error);
    strictEqual(found, reason);
  });
});

Deno.test("checkCremi() tells how often a dataset of points has another count", async () => {
  await withPath(async (path) => {
    using file = await createHdf5(path);
    const ids = { shape: [2], dtype: "<Q", values: BigUint64Array.of(1n, 2n) };
    const types = { shape: [1], dtype: "S", values: [siteTypes.pre] };
    file.table("annotations/ids", { ...ids, attributes: {} });
    file.table("annotations/types", { ...types, attributes: {} });
    file.commit();
    const { faults } = await checkCremi({ path });
    deepStrictEqual(faults.map(({ message }) => message.replace(path, "")), [
      'Cannot read "annotations/locations" of "": it is missing',
      'Cannot read the annotations of "": "annotations/ids" has 2, ' +
      '"annotations/types" has 1',
    ]);
  });
});

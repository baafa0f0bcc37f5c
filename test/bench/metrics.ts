import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { wholeBox, type Zyx } from "@/core/mod.ts";
import { sources } from "@/data/mod.ts";
import { bestThreshold, darkness, type MetricInput } from "@/metric/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import {
  type BenchOptions,
  type BenchRow,
  benchRow,
  checkAgreement,
  runOurs,
  runPeer,
} from "./harness.ts";

const cases = [
  {
    name: "distances",
    what: "anisotropic distance transform",
    against: "scipy",
  },
  { name: "components", what: "26-connected components", against: "scipy" },
  {
    name: "averagePrecision",
    what: "average precision",
    against: "scikit-learn",
  },
  { name: "cremi", what: "CREMI distances and score", against: "scipy" },
];

/**
 * Metrics of a phantom of 20×416×704 voxels, on one thread; "dark is cleft"
 * stands for the prediction.
 *
 * @throws {Error} If the two sides come to different numbers.
 */
export function bench(options: BenchOptions): Promise<BenchRow[]> {
  return inTemporaryFolder(async (folder) => {
    writeInput(folder, await phantomInput([20, 416, 704]));
    const { seconds = 1 } = options;
    return cases.map(({ name, what, against }) => {
      const args = [name, folder, `${seconds}`];
      const ours = runOurs("our_metrics.ts", args);
      const peer = runPeer(options, { script: "peer_metrics.py", args });
      checkAgreement(what, { ours, peer });
      return benchRow(`${what}, 20×416×704, against ${against}`, {
        ours,
        peer,
      });
    });
  });
}

/** A phantom's truth, and its darkness with the best threshold. */
async function phantomInput(shapeVox: Zyx): Promise<MetricInput> {
  const source = sources.create(
    sources.schema.parse({ type: "phantom", seed: 1, shapeVox }),
  );
  using volume = await source.open({
    dataRoots: [],
    cacheFolder: "",
    where: "bench metrics",
  });
  const { image, target, mask } = volume.read(wholeBox(shapeVox));
  const input = {
    probability: darkness(image, shapeVox),
    target,
    mask,
    shapeVox,
    voxelNm: volume.voxelNm,
  };
  return { ...input, threshold: bestThreshold(input) };
}

/** Writes an input so that both sides can read it. */
export function writeInput(folder: string, input: MetricInput): void {
  const { shapeVox, voxelNm, threshold } = input;
  writeFileSync(join(folder, "target.u8"), input.target);
  writeFileSync(join(folder, "probability.f32"), input.probability);
  writeFileSync(
    join(folder, "input.json"),
    JSON.stringify({ shapeVox, voxelNm, threshold }),
  );
}

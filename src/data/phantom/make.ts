import { type Grid, openRng, type PartnerPlace, sizeOf } from "@/core/mod.ts";
import { Contacts } from "./contacts.ts";
import { paintSection } from "./paint.ts";
import { photograph } from "./photograph.ts";
import { buildScene, extentOf, type PhantomPlan } from "./scene.ts";
import { SmoothNoise } from "./smooth_noise.ts";

/** A phantom's voxels; arrays are `[D, H, W]`. */
export interface Phantom extends Grid {
  /** Grey values from 0 to 255. */
  readonly raw: Uint8Array;
  /** 1 inside a cleft. */
  readonly cleft: Uint8Array;
  /** The cell of each voxel, from 1. */
  readonly neuronIds: Uint32Array;
  /** Synaptic partners, in voxels. */
  readonly partners: readonly PartnerPlace[];
}

/** Makes a phantom: the same for the same plan, everywhere. */
export function makePhantom(plan: PhantomPlan): Phantom {
  const { shapeVox, voxelNm } = plan;
  const [depth, height, width] = shapeVox, section = height * width;
  const rng = openRng(plan.seed).at("phantom");
  const scene = buildScene(plan);
  const shading = new SmoothNoise(
    extentOf(plan),
    [50, 700, 700],
    rng.at("shade"),
  );
  const raw = new Uint8Array(sizeOf(shapeVox));
  const cleft = new Uint8Array(raw.length);
  const neuronIds = new Uint32Array(raw.length);
  const contacts = new Contacts(scene.tissue, scene.sites);
  for (let z = 0; z < depth; z++) {
    const stream = rng.at("section", z), zNm = (z + 0.5) * voxelNm[0];
    const grid = {
      startNm: [
        plan.misalignmentNm * stream.normal(),
        plan.misalignmentNm * stream.normal(),
      ],
      stepNm: [voxelNm[1], voxelNm[2]],
      shape: [height, width],
    } as const;
    const isWeak = stream.uniform(0, 1) < plan.weakSections;
    const exposure = {
      noise: plan.noise,
      contrast: isWeak ? stream.uniform(0.45, 0.6) : stream.uniform(0.92, 1.08),
      brightness: stream.uniform(-0.03, 0.03),
      blurVox: stream.uniform(0.6, 0.9),
    };
    const canvas = paintSection(
      scene,
      { zNm, thicknessNm: voxelNm[0], grid },
      stream.at("vesicles"),
    );
    contacts.add(z, canvas);
    const shade = shading.plane(zNm, [0, 0], grid.stepNm, grid.shape);
    const grey = photograph(
      canvas.density,
      { shape: grid.shape, shade, exposure },
      stream.at("noise"),
    );
    raw.set(grey, z * section);
    cleft.set(canvas.cleft, z * section);
    neuronIds.set(canvas.cut.cell.map((cell) => cell + 1), z * section);
  }
  return {
    ...{ shapeVox, voxelNm, offsetNm: [0, 0, 0] },
    ...{ raw, cleft, neuronIds, partners: contacts.pairs() },
  };
}

import {
  arenaArray,
  type Box,
  boxText,
  checkMemory,
  cropped,
  croppedGreys,
  croppedLabels,
  greysOf,
  type Grid,
  inArena,
  type InputFile,
  mapZyx,
  type Origin,
  type PartnerPlace,
  type Patch,
  sizeOf,
  type Volume,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { cropVolume } from "./crop.ts";
import { slabsOf, slabVox } from "./slabs.ts";

/**
 * A volume in memory that workers share: structured-cloneable, without copies.
 * Arrays are `[D, H, W]`.
 */
export interface SharedVolume extends Grid {
  /** What reports call it. */
  readonly name: string;
  /** The files it comes from. */
  readonly inputs: readonly InputFile[];
  /** Which voxels it is made of. */
  readonly origin?: Origin | undefined;
  /** Grey values: u8 where they are multiples of 1/255, else f32 from 0 to 1. */
  readonly raw: SharedArrayBuffer;
  /** How `raw` is stored. */
  readonly rawKind: "u8" | "f32";
  /** u8: 0 elsewhere, 1 cleft, 2 unknown; null without labels. */
  readonly labels: SharedArrayBuffer | null;
  /** Its synaptic partners, where they are needed. */
  readonly partners?: readonly PartnerPlace[] | undefined;
  /** u32: the neuron of each voxel, from 1, where they are needed. */
  readonly neurons?: SharedArrayBuffer | undefined;
}

/** What of a volume is loaded. */
export interface ShareOptions {
  /** The part; all of it by default. */
  readonly box?: Box;
  /** Whether its synaptic partners are. */
  readonly withPartners?: boolean;
  /** Whether its neurons are. */
  readonly withNeurons?: boolean;
}

const unknown = 2;

/** The grey value of each byte. */
const greys = greysOf(Uint8Array.from({ length: 256 }, (_, byte) => byte));

/**
 * Loads a volume, or a box of it, into shared memory, some sections at a time.
 *
 * @throws {ExperimentError} If it needs more memory than there is, or its
 * partners are not sound.
 * @throws {RangeError} If the box is not inside the volume.
 */
export function shareVolume(
  volume: Volume,
  {
    box = wholeBox(volume.shapeVox),
    withPartners = false,
    withNeurons = false,
  }: ShareOptions = {},
): SharedVolume {
  const { origin, offsetNm, partners, neurons } = cropVolume(volume, box);
  const count = sizeOf(box.shapeVox);
  const besides = (volume.hasLabels ? 1 : 0) + (withNeurons && neurons ? 4 : 0);
  checkRoom(volume, box, 1 + besides);
  const labels = volume.hasLabels ? new SharedArrayBuffer(count) : null;
  let raw = new SharedArrayBuffer(count);
  let isBytes = true;
  for (const { at, box: slab } of slabsOf(box)) {
    const patch = volume.read(slab);
    if (labels) storeLabels(patch, new Uint8Array(labels, at));
    if (isBytes && !storeBytes(patch.image, new Uint8Array(raw, at))) {
      checkRoom(volume, box, 4 + besides);
      raw = inFloats(raw, at);
      isBytes = false;
    }
    if (!isBytes) new Float32Array(raw, 4 * at).set(patch.image);
  }
  return {
    name: volume.name,
    inputs: volume.inputs,
    origin,
    ...(withPartners && { partners: partners?.() }),
    ...(withNeurons && neurons &&
      { neurons: storeNeurons(neurons(), box.shapeVox) }),
    shapeVox: box.shapeVox,
    voxelNm: volume.voxelNm,
    offsetNm,
    raw,
    rawKind: isBytes ? "u8" : "f32",
    labels,
  };
}

/** Fails if a box cannot be in memory with some bytes for each voxel. */
function checkRoom(
  { name, origin }: Volume,
  { startVox, shapeVox }: Box,
  bytesPerVox: number,
): void {
  const inData = mapZyx((axis) =>
    startVox[axis] + (origin?.startVox[axis] ?? 0)
  );
  checkMemory(bytesPerVox * sizeOf(shapeVox), {
    doing: `load ${shapeVox.join(" × ")} voxels of "${name}"`,
    where: `"${name}", ${boxText({ startVox: inData, shapeVox })}`,
    fix: "Cut a region that fits, by regionVox",
  });
}

/** The volume that {@linkcode shareVolume} loaded, in this thread or another. */
export function openShared(shared: SharedVolume): Volume {
  const { shapeVox, voxelNm, offsetNm, name, inputs, origin, rawKind } = shared;
  const raw = rawKind === "u8"
    ? new Uint8Array(shared.raw)
    : new Float32Array(shared.raw);
  const labels = shared.labels && new Uint8Array(shared.labels);
  return {
    name,
    inputs,
    origin,
    ...(shared.partners && { partners: () => shared.partners! }),
    ...(shared.neurons &&
      {
        neurons: () => sectionsOf(new Uint32Array(shared.neurons!), shapeVox),
      }),
    shapeVox,
    voxelNm,
    offsetNm,
    hasLabels: labels !== null,
    read: (box) =>
      inArena(() => {
        const image = raw instanceof Uint8Array // [D, H, W]
          ? croppedGreys(raw, shapeVox, box)
          : cropped(raw, shapeVox, box);
        const { target, mask } = labels
          ? croppedLabels(labels, shapeVox, box)
          : {
            target: arenaArray(Uint8Array, image.length),
            mask: arenaArray(Uint8Array, image.length),
          };
        return { image, target, mask, shapeVox: box.shapeVox };
      }),
    [Symbol.dispose]() {},
  };
}

function storeLabels({ target, mask }: Patch, to: Uint8Array): void {
  for (let i = 0; i < target.length; i++) {
    to[i] = mask[i] === 0 ? unknown : target[i]!;
  }
}

function storeNeurons(
  section: (z: number) => Uint32Array,
  shapeVox: Zyx,
): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(4 * sizeOf(shapeVox));
  const all = new Uint32Array(buffer), area = shapeVox[1] * shapeVox[2];
  for (let z = 0; z < shapeVox[0]; z++) all.set(section(z), z * area);
  return buffer;
}

function sectionsOf(
  all: Uint32Array,
  [, height, width]: Zyx,
): (z: number) => Uint32Array {
  const area = height * width;
  return (z) => all.subarray(z * area, (z + 1) * area);
}

/** Stores grey values as bytes; false, with some stored, if that loses anything. */
function storeBytes(image: Float32Array, to: Uint8Array): boolean {
  for (let i = 0; i < image.length; i++) {
    const byte = Math.round(image[i]! * 255);
    if (greys[byte] !== image[i]) return false;
    to[i] = byte;
  }
  return true;
}

/** The first `count` bytes as the grey values they stand for, room for all. */
function inFloats(bytes: SharedArrayBuffer, count: number): SharedArrayBuffer {
  const floats = new SharedArrayBuffer(4 * bytes.byteLength);
  for (let at = 0; at < count; at += slabVox) {
    const part = new Uint8Array(bytes, at, Math.min(slabVox, count - at));
    new Float32Array(floats).set(greysOf(part), at);
  }
  return floats;
}

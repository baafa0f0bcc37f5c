import type { Client, DeviceBuffer } from "../pjrt/mod.ts";
import { dataTypes, type TensorSpec } from "../vocabulary/types.ts";
import { dtypeOf, elementTypeOf } from "./_element_type.ts";

/** Whole numbers up to which a copy is kept. */
const KNOWN_SIZE = 64;

/**
 * A tensor in the memory of devices: whole on some, and of a batch that they
 * share a part on each. Where there are several, what was uploaded comes to a
 * device once a program there asks for it.
 */
export class DeviceTensor implements Disposable {
  /** Its extents and type, as TensorFlow numbers it. */
  readonly spec: TensorSpec;
  /** A copy of few whole numbers that came from here: shapes and axes. */
  readonly known: readonly number[] | null;
  readonly #client: Client;
  /** By their devices. */
  readonly #wholes = new Map<number, DeviceBuffer>();
  readonly #parts = new Map<number, DeviceBuffer>();
  /** All its bytes, as long as some device may ask for them. */
  #bytes: Uint8Array<ArrayBuffer> | null = null;

  private constructor(
    client: Client,
    spec: TensorSpec,
    known: readonly number[] | null = null,
  ) {
    this.#client = client;
    this.spec = spec;
    this.known = known;
  }

  /** Copies values, for one device or for several. */
  static uploaded(
    client: Client,
    { spec, values, devices }: {
      readonly spec: TensorSpec;
      readonly values: ArrayBufferView;
      readonly devices: number;
    },
  ): DeviceTensor {
    const isKnown = spec.dtype === dataTypes.TF_INT32 &&
      values.byteLength <= 4 * KNOWN_SIZE;
    const known = isKnown ? [...values as Int32Array] : null;
    const tensor = new DeviceTensor(client, spec, known);
    const bytes = bytesOf(values);
    if (devices > 1) tensor.#bytes = bytes.slice();
    else tensor.#wholes.set(0, tensor.#upload(bytes, spec.shape, 0));
    return tensor;
  }

  /** Takes over what was computed: the same on each of some devices. */
  static computed(
    client: Client,
    buffers: readonly DeviceBuffer[],
  ): DeviceTensor {
    const { shape, type } = buffers[0]!;
    const tensor = new DeviceTensor(client, { shape, dtype: dtypeOf(type) });
    for (const buffer of buffers) tensor.#wholes.set(buffer.device, buffer);
    return tensor;
  }

  /** All of it on a device; still the tensor's. */
  whole(device = 0): DeviceBuffer {
    return found(this.#wholes, device, () => {
      const [elsewhere] = this.#wholes.values();
      if (elsewhere) return elsewhere.copyTo(device);
      return this.#upload(this.#bytes!, this.spec.shape, device);
    });
  }

  /** The share of a device, of as many equal ones along the first axis; still the tensor's. */
  part(device: number, devices: number): DeviceBuffer {
    return found(this.#parts, device, () => {
      // What was computed is divided here: no step needs that.
      const bytes = this.#bytes ??= this.whole().readNow();
      const [batch, ...rest] = this.spec.shape, size = bytes.length / devices;
      const own = bytes.subarray(device * size, (device + 1) * size);
      return this.#upload(own, [batch! / devices, ...rest], device);
    });
  }

  /** Gives its memory back. */
  [Symbol.dispose](): void {
    for (const buffer of this.#wholes.values()) buffer[Symbol.dispose]();
    for (const buffer of this.#parts.values()) buffer[Symbol.dispose]();
    this.#bytes = null;
  }

  #upload(
    bytes: Uint8Array<ArrayBuffer>,
    shape: readonly number[],
    device: number,
  ): DeviceBuffer {
    const type = elementTypeOf(this.spec.dtype);
    return this.#client.upload(bytes, { type, shape, device });
  }
}

/** What a map holds for a device; made if it is not there. */
function found(
  buffers: Map<number, DeviceBuffer>,
  device: number,
  make: () => DeviceBuffer,
): DeviceBuffer {
  let buffer = buffers.get(device);
  if (!buffer) buffers.set(device, buffer = make());
  return buffer;
}

function bytesOf(values: ArrayBufferView): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = values;
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

import { Flight, type Held } from "./_flight.ts";
import type { Owner } from "./_objects.ts";
import { Struct } from "./_struct.ts";
import { byteSize, type ElementType } from "./element_type.ts";
import { Event } from "./event.ts";

/** What the elements of a buffer are, how many of them, and where. */
export interface BufferSpec {
  /** The type of its elements. */
  readonly type: ElementType;
  /** Its extents; none of a scalar. */
  readonly shape: readonly number[];
  /** The number of its device among the client's; 0. */
  readonly device?: number;
}

/** An array in a device's memory. */
export class DeviceBuffer implements Disposable, Held {
  /** The type of its elements. */
  readonly type: ElementType;
  /** Its extents; none of a scalar. */
  readonly shape: readonly number[];
  /** The number of its device among the client's. */
  readonly device: number;
  /** How many bytes its elements take, the last extent fastest. */
  readonly byteLength: number;
  #owner: Owner;
  #address: bigint;
  #uses = 0;
  #isDisposed = false;

  /** Takes over a buffer of the plugin. */
  constructor(
    owner: Owner,
    address: bigint,
    { type, shape, device = 0 }: BufferSpec,
  ) {
    this.#owner = owner;
    this.#address = address;
    this.type = type;
    this.shape = shape;
    this.device = device;
    this.byteLength = byteSize(type, shape);
    owner.objects.buffers.add(this);
  }

  /** Whether it was disposed of or given away, and cannot be used. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Its address in the plugin; for this folder alone. */
  get address(): bigint {
    if (this.#isDisposed) {
      throw new TypeError("Cannot use a buffer that is disposed of");
    }
    return this.#address;
  }

  /** Copies its elements out, once they are there; the event loop goes on. */
  async read(): Promise<Uint8Array<ArrayBuffer>> {
    const { bytes, flight } = this.#startRead();
    await flight.done;
    return bytes;
  }

  /** Copies its elements out; blocks until they are there. */
  readNow(): Uint8Array<ArrayBuffer> {
    const { bytes, flight } = this.#startRead();
    flight.wait();
    return bytes;
  }

  /**
   * Starts a copy in the memory of another device, by its number, and returns
   * it at once; it belongs to the caller.
   */
  copyTo(device: number): DeviceBuffer {
    const owner = this.#owner, { calls } = owner;
    const { copy } = calls.now("Buffer_CopyToDevice", {
      buffer: this.address,
      device: owner.deviceAt(device).address,
    });
    const { type, shape } = this;
    const made = new DeviceBuffer(owner, copy, { type, shape, device });
    const { event } = calls.now("Buffer_ReadyEvent", { buffer: copy });
    const events = [new Event(owner, event)];
    new Flight(owner, { events, buffers: [this, made] });
    return made;
  }

  /**
   * Gives its memory back, once nothing that is under way needs it. A second
   * time does nothing.
   */
  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#destroyIfUnused();
  }

  /** Marks that work under way needs it; for this folder alone. */
  hold(): void {
    this.#uses++;
  }

  /** Takes a mark back; for this folder alone. */
  release(): void {
    this.#uses--;
    this.#destroyIfUnused();
  }

  #startRead(): { bytes: Uint8Array<ArrayBuffer>; flight: Flight } {
    const bytes = new Uint8Array(this.byteLength);
    const event = new Event(this.#owner, this.#copyTo(bytes));
    const flight = new Flight(this.#owner, {
      events: [event],
      buffers: [this],
    });
    return { bytes, flight };
  }

  /** Starts a copy; gives the address of the event of its end. */
  #copyTo(data: Uint8Array<ArrayBuffer>): bigint {
    const { calls } = this.#owner, buffer = this.address;
    // Without a place to copy to, the plugin would tell how large it has to be.
    if (data.length === 0) {
      return calls.now("Buffer_ReadyEvent", { buffer }).event;
    }
    const layout = denseLayout(this.shape.length);
    const bytes = data.length;
    return calls.now("Buffer_ToHostBuffer", { buffer, layout, data, bytes })
      .event;
  }

  #destroyIfUnused(): void {
    if (!this.#isDisposed || this.#uses > 0 || this.#address === 0n) return;
    this.#owner.calls.now("Buffer_Destroy", { buffer: this.#address });
    this.#address = 0n;
    this.#owner.objects.buffers.delete(this);
  }
}

/**
 * `PJRT_Buffer_MemoryLayout` with the last extent fastest, without tiles:
 * unless it is asked for, a copy has the layout of the device.
 */
function denseLayout(rank: number): Struct {
  const TILED = 0;
  const minorToMajor = BigInt64Array.from(
    { length: rank },
    (_, i) => BigInt(rank - 1 - i),
  );
  const tiles = [0n, 0n, 0n];
  const tiledBytes = 56n;
  return new Struct(
    [tiledBytes, 0n, minorToMajor, rank, ...tiles, TILED],
    4,
  );
}

import { rejects, throws } from "node:assert";
import fc from "fast-check";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { testOnPlugin } from "@test/pjrt.ts";
import { byteSize, type ElementType, elementTypes } from "./element_type.ts";

const anyArray = fc.record({
  type: fc.constantFrom(...elementTypes),
  shape: fc.array(fc.nat(5), { maxLength: 5 }),
  seed: fc.nat(250),
});

/** Bytes of some pattern; of truth values, zeros and ones. */
function bytesOf(
  type: ElementType,
  shape: readonly number[],
  seed: number,
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: byteSize(type, shape) }, (_, i) => {
    const byte = (seed + 151 * i) % 256;
    return type === "pred" ? byte % 2 : byte;
  });
}

testOnPlugin(
  "DeviceBuffer gives back what was uploaded, of any type and shape",
  async (client) => {
    await fc.assert(
      fc.asyncProperty(anyArray, async ({ type, shape, seed }) => {
        const bytes = bytesOf(type, shape, seed);
        using buffer = client.upload(bytes, { type, shape });
        assertEquals(buffer.byteLength, bytes.length);
        assertSameNumbers(buffer.readNow(), bytes, "readNow");
        assertSameNumbers(await buffer.read(), bytes, "read");
      }),
      { seed: 7, numRuns: 200 },
    );
  },
);

testOnPlugin("DeviceBuffer can lie on any device", async (client) => {
  for (const { index: device } of client.devices) {
    using buffer = client.upload(Int32Array.of(device, -device), {
      type: "s32",
      shape: [2],
      device,
    });
    assertEquals(buffer.device, device);
    const values = new Int32Array((await buffer.read()).buffer);
    assertSameNumbers(values, [device, -device]);
  }
});

testOnPlugin("DeviceBuffer can be copied to another device", (client) => {
  const buffer = client.upload(Int32Array.of(3, 4), {
    type: "s32",
    shape: [2],
  });
  using copy = buffer.copyTo(1);
  buffer[Symbol.dispose](); // it lives until the copy is made
  assertEquals(copy.device, 1);
  assertSameNumbers(new Int32Array(copy.readNow().buffer), [3, 4]);
  throws(() => copy.copyTo(client.devices.length), RangeError);
});

testOnPlugin(
  "Client.upload() has copied the values when it returns",
  (client) => {
    const values = new Float32Array(100_000).fill(3);
    using buffer = client.upload(values, { type: "f32", shape: [100_000] });
    values.fill(4);
    const read = new Float32Array(buffer.readNow().buffer);
    assertEquals(read.every((value) => value === 3), true, "all are 3");
  },
);

testOnPlugin("Client.upload() takes a part of an array", (client) => {
  const values = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
  using buffer = client.upload(values, { type: "f32", shape: [2] });
  assertSameNumbers(new Float32Array(buffer.readNow().buffer), [2, 3]);
});

testOnPlugin(
  "Client.upload() refuses values that do not fill the shape",
  (client) => {
    const values = new Float32Array(5);
    throws(
      () => client.upload(values, { type: "f32", shape: [2, 3] }),
      /Cannot upload 20 bytes as f32 \[2,3\], which takes 24/,
    );
    throws(
      () => client.upload(values, { type: "f32", shape: [5], device: 99 }),
      RangeError,
    );
  },
);

testOnPlugin(
  "DeviceBuffer cannot be used after it was disposed of",
  async (client) => {
    const buffer = client.upload(new Float32Array(1), {
      type: "f32",
      shape: [],
    });
    buffer[Symbol.dispose]();
    buffer[Symbol.dispose]();
    assertEquals(buffer.isDisposed, true);
    throws(() => buffer.readNow(), TypeError);
    await rejects(() => buffer.read(), TypeError);
  },
);

testOnPlugin(
  "DeviceBuffer can be disposed of while it is read",
  async (client) => {
    const buffer = client.upload(Float32Array.of(1, 2), {
      type: "f32",
      shape: [2],
    });
    const reading = buffer.read();
    buffer[Symbol.dispose]();
    assertSameNumbers(new Float32Array((await reading).buffer), [1, 2]);
  },
);

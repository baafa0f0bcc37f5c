import { POINTERS_AT } from "@/engine/pjrt/_functions.ts";
import { Struct } from "@/engine/pjrt/_struct.ts";
import { typeCode } from "@/engine/pjrt/element_type.ts";
import { type Client, DeviceBuffer } from "@/engine/pjrt/mod.ts";
import { cpuPluginPath } from "./pjrt.ts";

/**
 * A float32 buffer whose values could not be computed, so that whatever uses it
 * fails while it is under way. What makes it, only tests need.
 */
export function failedBuffer(
  client: Client,
  { message, shape }: { message: string; shape: readonly number[] },
): DeviceBuffer {
  const deviceMemory = new Struct([client.devices[0]!.address, 0n]);
  callPlugin(DEVICE_DEFAULT_MEMORY, deviceMemory);
  const INTERNAL = 13, layout = 0n;
  const text = new TextEncoder().encode(message);
  const fields = [
    client.address,
    INTERNAL,
    text,
    text.length,
    BigInt64Array.from(shape, BigInt),
    shape.length,
    typeCode("f32"),
    layout,
    deviceMemory.get(1),
  ];
  const asked = new Struct([...fields, 0n]);
  callPlugin(CLIENT_CREATE_ERROR_BUFFER, asked);
  const address = asked.get(fields.length);
  return new DeviceBuffer(client, address, { type: "f32", shape });
}

// Places among the pointers of PJRT_Api.
const DEVICE_DEFAULT_MEMORY = 33, CLIENT_CREATE_ERROR_BUFFER = 118;

function callPlugin(place: number, struct: Struct): void {
  const { symbols } = Deno.dlopen(cpuPluginPath()!, {
    GetPjrtApi: { parameters: [], result: "pointer" },
  });
  const api = new Deno.UnsafePointerView(symbols.GetPjrtApi()!);
  const taking = { parameters: ["pointer"], result: "pointer" } as const;
  const pointer = api.getPointer<typeof taking>(POINTERS_AT + 8 * place)!;
  const error = new Deno.UnsafeFnPointer(pointer, taking).call(struct.pointer);
  if (error !== null) throw new Error(`Cannot call function ${place}`);
}

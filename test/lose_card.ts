/**
 * Cleft's command line on a device that is lost on the way: with the processor's
 * plugin, whose functions behave from the execution on that `LOSE_AT` numbers as
 * those of a card do that fell off its bus. That execution fails while it is
 * under way, and whatever is asked of the device after it fails at once.
 *
 * @module
 */
import { apiFunctions, POINTERS_AT } from "@/engine/pjrt/_functions.ts";
import { Struct } from "@/engine/pjrt/_struct.ts";
import { typeCode } from "@/engine/pjrt/element_type.ts";
import { cpuPluginPath } from "./pjrt.ts";

const taking = { parameters: ["pointer"], result: "pointer" } as const;
type Call = (given: Deno.PointerValue) => Deno.PointerValue;

const { symbols } = Deno.dlopen(cpuPluginPath()!, {
  GetPjrtApi: { parameters: [], result: "pointer" },
});
const api = symbols.GetPjrtApi()!;
/** The pointers of the plugin's table, which is in memory that can be written. */
const table = new BigUint64Array(
  Deno.UnsafePointerView.getArrayBuffer(api, 8 * 119, POINTERS_AT),
);
// Places in it of functions that only tests need.
const DEVICE_DEFAULT_MEMORY = 33, BUFFER_DIMENSIONS = 60;
const CLIENT_CREATE_ERROR_BUFFER = 118;

const message = "CUDA_ERROR_ECC_UNCORRECTABLE: the card fell off the bus";
const loseAt = Number(Deno.env.get("LOSE_AT"));
let executions = 0;
/** What the plugin was asked to upload to, and an event of what failed. */
let client = 0n, device = 0n, failure = 0n;

const upload = apiFunctions.Client_BufferFromHostBuffer;
replace(upload.at, (given, original) => {
  client = wordOf(given, upload.fields.indexOf("client"));
  device = wordOf(given, upload.fields.indexOf("device"));
  return failure ? newError() : original(given);
});
replace(
  apiFunctions.Buffer_ToHostBuffer.at,
  (given, original) => failure ? newError() : original(given),
);
const execute = apiFunctions.LoadedExecutable_Execute;
replace(execute.at, (given, original) => {
  if (failure) return newError();
  if (++executions === loseAt) {
    // Nothing that is computed from an input that is lost can be had.
    const lists = wordOf(given, execute.fields.indexOf("inputs"));
    const inputs = viewAt(viewAt(lists, 1)[0]!, 1);
    inputs[0] = lostBuffer(inputs[0]!);
  }
  return original(given);
});

await import("@/main.ts");

/** A buffer of the shape of another, whose values could not be computed. */
function lostBuffer(like: bigint): bigint {
  const dimensions = call(BUFFER_DIMENSIONS, [like, 0n, 0n]);
  const memory = call(DEVICE_DEFAULT_MEMORY, [device, 0n]);
  const INTERNAL = 13, layout = 0n, text = new TextEncoder().encode(message);
  const made = call(CLIENT_CREATE_ERROR_BUFFER, [
    ...[client, INTERNAL, text, text.length],
    ...[dimensions.get(1), dimensions.get(2)],
    ...[typeCode("f32"), layout, memory.get(1), 0n],
  ]);
  const buffer = made.get(9);
  const { at } = apiFunctions.Buffer_ReadyEvent;
  failure = call(at, [buffer, 0n]).get(1);
  return buffer;
}

/** A new error of the plugin's, which belongs to whoever gets it. */
function newError(): Deno.PointerValue {
  const { at } = apiFunctions.Event_Await;
  return functionAt(table[at]!)(new Struct([failure]).pointer);
}

/** Calls a function of the table with a struct, which it may fill. */
function call(
  at: number,
  fields: ConstructorParameters<typeof Struct>[0],
): Struct {
  const struct = new Struct(fields);
  const error = functionAt(table[at]!)(struct.pointer);
  if (error !== null) throw new Error(`Function ${at} fails`);
  return struct;
}

/** Puts a function of ours into the table. */
function replace(
  at: number,
  by: (given: Deno.PointerValue, original: Call) => Deno.PointerValue,
): void {
  const original = functionAt(table[at]!);
  const callback = new Deno.UnsafeCallback(
    taking,
    (given) => by(given, original),
  );
  table[at] = Deno.UnsafePointer.value(callback.pointer);
}

function functionAt(address: bigint): Call {
  const pointer = Deno.UnsafePointer.create<typeof taking>(address)!;
  const native = new Deno.UnsafeFnPointer(pointer, taking);
  return (given) => native.call(given);
}

/** A field of a struct, after its size and extensions. */
function wordOf(given: Deno.PointerValue, field: number): bigint {
  return new Deno.UnsafePointerView(given!).getBigUint64(8 * (2 + field));
}

function viewAt(address: bigint, words: number): BigUint64Array {
  const pointer = Deno.UnsafePointer.create(address)!;
  return new BigUint64Array(
    Deno.UnsafePointerView.getArrayBuffer(pointer, 8 * words),
  );
}

import type { Calls } from "./_call.ts";
import { addressOf, Struct } from "./_struct.ts";
import type { DeviceBuffer } from "./buffer.ts";

/** What a plugin gives when it has begun a run: addresses. */
export interface Launched {
  /** Of the outputs of each device. */
  readonly outputs: readonly BigUint64Array[];
  /** Of the event of each device's end. */
  readonly events: BigUint64Array;
}

/** Begins a run of a loaded executable, with a list of inputs for each device. */
export function launch(
  calls: Calls,
  { loaded, inputs, outputCount, donates }: {
    loaded: bigint;
    inputs: readonly (readonly DeviceBuffer[])[];
    outputCount: number;
    donates: readonly number[];
  },
): Launched {
  const inputCount = inputs[0]?.length ?? 0;
  if (inputs.some(({ length }) => length !== inputCount)) {
    throw new RangeError("Cannot run with fewer inputs on some devices");
  }
  const lists = inputs.map((list) =>
    BigUint64Array.from(list, ({ address }) => address)
  );
  const outputs = inputs.map(() => new BigUint64Array(outputCount));
  const events = new BigUint64Array(inputs.length);
  calls.now("LoadedExecutable_Execute", {
    loaded,
    options: executeOptions(inputCount, donates),
    inputs: BigUint64Array.from(lists, addressOf),
    deviceCount: inputs.length,
    inputCount,
    outputs: BigUint64Array.from(outputs, addressOf),
    events,
  });
  return { outputs, events };
}

/**
 * `PJRT_ExecuteOptions`: of the inputs that the program may take over, all are
 * kept but those given away.
 */
function executeOptions(
  inputCount: number,
  donates: readonly number[],
): Struct {
  const kept: bigint[] = [];
  for (let i = 0; i < inputCount; i++) {
    if (!donates.includes(i)) kept.push(BigInt(i));
  }
  const callbacks = [0n, 0n, 0n, 0n], launchId = 0n;
  const context = 0n, callSite = 0n, tasks = [0n, 0n, 0n];
  return new Struct([
    ...callbacks,
    launchId,
    BigInt64Array.from(kept),
    kept.length,
    context,
    callSite,
    ...tasks,
  ]);
}

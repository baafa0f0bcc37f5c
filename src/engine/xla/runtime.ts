import type { Client, Executable } from "../pjrt/mod.ts";
import { Program, type ProgramOptions } from "../stablehlo/mod.ts";
import type { Runtime } from "../vocabulary/runtime.ts";
import type { Attribute, TensorSpec } from "../vocabulary/types.ts";
import { DeviceTensor } from "./device_tensor.ts";
import { failureOf, guarded } from "./failure.ts";

/** An operation as a program, for inputs of some shapes and types. */
interface Single {
  /** Which inputs it had to know the numbers of. */
  readonly needs: readonly number[];
  /** What was compiled, by those numbers. */
  readonly executables: Map<string, Executable>;
}

/** How a runtime makes programs. */
export interface SingleOptions {
  /** How they are written. */
  readonly program: ProgramOptions;
  /** Over how many devices functions divide batches. */
  readonly devices: number;
  /** Compiles one. */
  compile(text: string): Executable;
}

/**
 * What runs operations one by one, each as a program of its own, on the first
 * device of a client. Training does so only where it looks for a fault.
 */
export class XlaRuntime implements Runtime<DeviceTensor> {
  readonly version: string;
  readonly #client: Client;
  readonly #options: SingleOptions;
  readonly #singles = new Map<string, Single>();

  /** Takes over a client. */
  constructor(client: Client, options: SingleOptions) {
    this.#client = client;
    this.#options = options;
    this.version = client.platformVersion;
  }

  upload(spec: TensorSpec, values: ArrayBufferView): DeviceTensor {
    const client = this.#client, { devices } = this.#options;
    return guarded(
      { doing: "upload values", client },
      () => DeviceTensor.uploaded(client, { spec, values, devices }),
    );
  }

  read(tensor: DeviceTensor): ArrayBuffer {
    return guarded(
      { doing: "read what was computed", client: this.#client },
      () => tensor.whole().readNow().buffer,
    );
  }

  async readLater(tensor: DeviceTensor): Promise<ArrayBuffer> {
    try {
      return (await tensor.whole().read()).buffer;
    } catch (error) {
      throw failureOf(error, {
        doing: "read what was computed",
        client: this.#client,
      });
    }
  }

  specOf({ spec }: DeviceTensor): TensorSpec {
    return spec;
  }

  release(tensor: DeviceTensor): void {
    tensor[Symbol.dispose]();
  }

  run(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly DeviceTensor[],
    outputs: number,
  ): DeviceTensor[] {
    const specs = inputs.map(({ spec }) => spec);
    const signature = JSON.stringify([type, attributes, specs, outputs]);
    const single = this.#singles.get(signature);
    let executable = single?.executables.get(numbersOf(inputs, single.needs));
    if (!executable) {
      const { text, needs } = this.#record(type, attributes, inputs, outputs);
      executable = guarded(
        { doing: `compile ${type}`, client: this.#client },
        () => this.#options.compile(text),
      );
      const kept = single ?? { needs, executables: new Map() };
      kept.executables.set(numbersOf(inputs, needs), executable);
      this.#singles.set(signature, kept);
    }
    const ready = executable, client = this.#client;
    return guarded({ doing: `run ${type}`, client }, () => {
      const buffers = inputs.map((input) => input.whole());
      return ready.execute([buffers]).outputs[0]!
        .map((buffer) => DeviceTensor.computed(client, [buffer]));
    });
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]();
  }

  /** Writes one operation down, and notes which numbers that took. */
  #record(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly DeviceTensor[],
    outputs: number,
  ): { text: string; needs: readonly number[] } {
    const program = new Program(this.#options.program);
    const needs = new Set<number>();
    const values = inputs.map(({ spec, known }, i) => {
      const value = program.placeholder(spec);
      if (!known) return value;
      return Object.defineProperty({ ...value }, "constant", {
        get: () => {
          needs.add(i);
          return [...known];
        },
      });
    });
    const results = program.add(type, attributes, values, outputs);
    return { text: program.text(results), needs: [...needs] };
  }
}

/** The numbers of some inputs, as a key. */
function numbersOf(
  inputs: readonly DeviceTensor[],
  needs: readonly number[],
): string {
  return needs.map((i) => inputs[i]!.known!.join()).join(";");
}

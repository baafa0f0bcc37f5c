import { join } from "node:path";
import { canonicalJson, ExperimentError, sha256Hex } from "@/core/mod.ts";
import {
  type Client,
  type CompileOptions,
  type Executable,
  PjrtError,
} from "../pjrt/mod.ts";
import { Program, type ProgramOptions } from "../stablehlo/mod.ts";
import type { ProgramFacts, ProgramStore } from "../types.ts";
import type { Binding } from "../vocabulary/binding.ts";
import type { Builder, Built, Recipe } from "../vocabulary/compiler.ts";
import { DeviceTensor } from "./device_tensor.ts";
import { failureOf, gibibytes, guarded, smaller } from "./failure.ts";
import type { Flags } from "./flags.ts";

/** What a {@linkcode ProgramBuilder} works with. */
export interface BuilderParts {
  /** What compiles and runs. */
  readonly client: Client;
  /** What tfjs's kernels call. */
  readonly binding: Binding<DeviceTensor>;
  /** How programs are written. */
  readonly program: ProgramOptions;
  /** Flags of the compiler. */
  readonly flags: Flags;
  /** All else that decides what a compiler makes: plugin, card, driver. */
  readonly identity: Readonly<Record<string, string>>;
  /** Over how many devices batches are divided. */
  readonly devices: number;
  /** Where compiled programs are kept, if anywhere. */
  readonly store: ProgramStore | undefined;
  /** Hears each line the user should see. */
  notify(line: string): void;
}

/** A program that is to be compiled. */
interface Text {
  readonly label: string;
  readonly text: string;
  readonly key: string;
  /** The inputs of which each of the devices has a part. */
  readonly splits: readonly number[];
  /** How it is compiled. */
  readonly options: CompileOptions;
}

/** Makes programs for the devices of a plugin, or loads them from where they were kept. */
export class ProgramBuilder implements Builder {
  /** Every program so far, in the order they were made. */
  readonly programs: ProgramFacts[] = [];
  readonly #parts: BuilderParts;

  /** Works for one client. */
  constructor(parts: BuilderParts) {
    this.#parts = parts;
  }

  build(recipe: Recipe): Built {
    const start = performance.now(), text = this.#write(recipe);
    const loaded = this.#load(text, start);
    if (loaded) return loaded;
    const { client } = this.#parts;
    const executable = guarded(
      { doing: `compile ${recipe.label}`, client },
      () => client.compileNow(text.text, text.options),
    );
    return this.#made(executable, text, start);
  }

  async buildLater(recipe: Recipe): Promise<Built> {
    const start = performance.now(), text = this.#write(recipe);
    const loaded = this.#load(text, start);
    if (loaded) return loaded;
    const { client, notify } = this.#parts;
    const timer = setTimeout(
      () => notify(`Compiling ${recipe.label} for ${client.devices[0]!.kind}`),
      2_000,
    );
    try {
      const executable = await client.compile(text.text, text.options);
      return this.#made(executable, text, start);
    } catch (error) {
      throw failureOf(error, { doing: `compile ${recipe.label}`, client });
    } finally {
      clearTimeout(timer);
    }
  }

  #write({ label, inputs, takes, splits, record }: Recipe): Text {
    const { binding, flags, identity } = this.#parts;
    // What has no batch, such as a forward pass, is for the first device alone.
    const devices = splits.length > 0 ? this.#parts.devices : 1;
    const program = new Program(this.#parts.program);
    const { results } = binding.record(label, program, inputs, record);
    const text = program.text(results, { takes, devices, split: splits });
    const key = sha256Hex(canonicalJson({ text, flags, ...identity }));
    writeDown(label, text);
    const options = devices > 1
      ? { flags, partitions: devices, isSpmd: true }
      : { flags };
    return { label, text, key, splits: devices > 1 ? splits : [], options };
  }

  /** Loads what was kept of a program, if it was and can be. */
  #load(text: Text, start: number): Built | null {
    const { store, client, notify } = this.#parts;
    const bytes = store?.find(text.key) as Uint8Array<ArrayBuffer> | null;
    if (!bytes) return null;
    try {
      const executable = client.load(bytes);
      store!.keep(text.key, bytes); // for this run too
      return this.#ready(executable, text, { start, origin: "loaded" });
    } catch (error) {
      if (!(error instanceof PjrtError)) throw error;
      notify(
        `Compiling ${text.label} anew, which may give other last bits: what was` +
          ` saved of it cannot be loaded (${error.message})`,
      );
      return null;
    }
  }

  /** Keeps what was compiled. */
  #made(executable: Executable, text: Text, start: number): Built {
    this.#parts.store?.keep(text.key, executable.serialize());
    return this.#ready(executable, text, { start, origin: "compiled" });
  }

  #ready(
    executable: Executable,
    { label, key, splits }: Text,
    { start, origin }: { start: number; origin: ProgramFacts["origin"] },
  ): Built {
    const { client, binding } = this.#parts;
    const memory = executable.memory();
    const workBytes = memory &&
      memory.tempBytes + memory.outputBytes - memory.aliasBytes;
    const neededBytes = memory && memory.argumentBytes + workBytes!;
    const limit = client.memory()?.limit ?? null;
    if (neededBytes !== null && limit !== null && neededBytes > limit) {
      executable[Symbol.dispose]();
      throw tooLarge(label, neededBytes, limit);
    }
    const seconds = (performance.now() - start) / 1000;
    this.programs.push({ name: label, key, origin, seconds, workBytes });
    return {
      run: (ids, taken) => {
        const tensors = binding.tensors(ids), { devices } = executable;
        const work = { doing: `run ${label}`, client, neededBytes };
        return binding.hold(guarded(work, () => {
          const inputs = devices.map((device) =>
            tensors.map((tensor, i) =>
              splits.includes(i)
                ? tensor.part(device, devices.length)
                : tensor.whole(device)
            )
          );
          const { outputs } = executable.execute(inputs, { donates: taken });
          return executable.outputs.map((_, i) =>
            DeviceTensor.computed(client, outputs.map((list) => list[i]!))
          );
        }));
      },
      [Symbol.dispose]: () => executable[Symbol.dispose](),
    };
  }
}

/** Writes a program to the folder that CLEFT_XLA_DUMP names, for whoever wants to look at it. */
function writeDown(label: string, text: string): void {
  const folder = Deno.env.get("CLEFT_XLA_DUMP");
  if (!folder) return;
  Deno.mkdirSync(folder, { recursive: true });
  const name = label.replaceAll(/\W+/g, "_");
  Deno.writeTextFileSync(join(folder, `${name}.mlir`), text);
}

/** Of a program that cannot fit, before it runs. */
function tooLarge(
  label: string,
  needed: number,
  limit: number,
): ExperimentError {
  return new ExperimentError(
    `Cannot run ${label}: it needs ${gibibytes(needed)} of the device's` +
      ` memory, which has ${gibibytes(limit)}`,
    { where: label, fix: smaller },
  );
}

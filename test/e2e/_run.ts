import { join } from "node:path";
import { commands, projectFolder } from "@/command/mod.ts";
import { sayTo } from "@/command/_testing.ts";
import { isNativeReady } from "@/engine/mod.ts";
import { type MetricPoint, openRecords, type Records } from "@/record/mod.ts";

/** A volume of 8 × 48 × 48 voxels that holds one synapse; takes 30 ms to make. */
export function tinyPhantom(seed: number): string {
  return `{ type: phantom, seed: ${seed}, shapeVox: [8, 48, 48], voxelNm: [50, 10, 10] }`;
}

/** An experiment of a second or so: 12 steps, four checkpoints, two validations. */
export const tinyExperiment = `name: tiny
data:
  train: [{ source: ${tinyPhantom(3)} }]
  validation: [{ source: ${tinyPhantom(6)} }]
sampler: { type: uniform, patchVox: [4, 16, 16] }
augment: [{ type: simple }]
model: { type: resUnet, filters: [2, 3], anisotropicLevels: 1 }
loss: { terms: [{ type: bce }, { type: dice }] }
optimizer: { type: adam, learningRate: 0.003 }
train:
  volumeTotal: 24
  volumeSave: 6
  validateEvery: 12
  workers: 0
  threads: 2
  engine: ${isNativeReady() ? "tensorflow" : "embedded"}
infer: { overlap: 0 }
evaluate: { metrics: [averagePrecision, dice], sectionsShown: 2 }
`;

const config = join(projectFolder, "deno.json");

/** What Deno is told of the rights of a command; all of what is no command. */
function rightsOf(word: string): readonly string[] {
  const { tasks } = JSON.parse(Deno.readTextFileSync(config)) as {
    tasks: Record<string, { command: string }>;
  };
  const set = /-P=[a-z]+/.exec(tasks[word]?.command ?? "")?.[0];
  return set ? [set, "--no-prompt"] : ["-A"];
}

/** A command that takes longer hangs, and is killed. */
const longestMs = 120_000;

/** How a command ended. */
export interface Ended {
  /** Its exit code. */
  readonly code: number;
  /** What it printed. */
  readonly out: string;
  /** What it said besides. */
  readonly err: string;
}

/** A command that is under way. */
export interface Started {
  /** Its process. */
  readonly pid: number;
  /** What it printed so far. */
  readonly out: () => string;
  /** Sends it a signal; fine if it has ended. */
  kill(signal: Deno.Signal): void;
  /** Waits until it has printed something. */
  printed(pattern: RegExp): Promise<void>;
  /** Waits until it has said something besides. */
  complained(pattern: RegExp): Promise<void>;
  /** Its end. */
  readonly ended: Promise<Ended>;
}

/** A temporary folder with records of its own, and Cleft's command line in it. */
export class Workplace implements Disposable {
  /** Where commands start. */
  readonly folder = Deno.realPathSync(
    Deno.makeTempDirSync({ prefix: "cleft-e2e-" }),
  );
  /** Where they record. */
  readonly results: string;
  readonly #running = new Set<Deno.ChildProcess>();
  readonly #environment: Readonly<Record<string, string>>;
  /** Whether the environment may decide which engines there are. */
  readonly #hasEngines: boolean;

  /** Makes the folder, with `tiny.yaml`; `environment` adds to ours. */
  constructor(environment: Readonly<Record<string, string>> = {}) {
    this.results = environment.CLEFT_RESULTS ?? join(this.folder, "results");
    this.#hasEngines = Object.keys(environment)
      .some((name) => !["CLEFT_DATA", "CLEFT_RESULTS"].includes(name));
    this.#environment = {
      INIT_CWD: this.folder,
      CLEFT_RESULTS: this.results,
      CLEFT_DATA: this.folder,
      NO_COLOR: "1",
      ...environment,
    };
    this.write("tiny.yaml", tinyExperiment);
  }

  /** Writes a file and returns its path. */
  write(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    if (typeof content === "string") Deno.writeTextFileSync(path, content);
    else Deno.writeFileSync(path, content);
    return path;
  }

  /** Begins a command, with the rights that its task gives. */
  start(...words: readonly string[]): Started {
    return this.#begin(rightsOf(words[0]!), ["src/main.ts", ...words]);
  }

  /** Begins a script of the project with words for it, which has every right. */
  startScript(script: string, ...words: readonly string[]): Started {
    return this.#begin(["-A"], [script, ...words]);
  }

  #begin(
    rights: readonly string[],
    [script, ...words]: readonly string[],
  ): Started {
    const process = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", ...rights, "--quiet", "--config", config],
        ...[join(projectFolder, script!), ...words],
      ],
      cwd: this.folder,
      env: this.#environment,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#running.add(process);
    const limit = setTimeout(() => kill(process, "SIGKILL"), longestMs);
    const out = new Listener(process.stdout);
    const err = new Listener(process.stderr);
    const end = async () => {
      const [{ code }] = await Promise.all([process.status, out.end, err.end]);
      clearTimeout(limit);
      this.#running.delete(process);
      return { code, out: out.text, err: err.text };
    };
    const ended = end();
    const heard = async (listener: Listener, pattern: RegExp) => {
      if (await listener.heard(pattern)) return;
      const { code, err } = await ended;
      throw new Error(`Ended with ${code} before ${pattern}: ${err}`);
    };
    return {
      pid: process.pid,
      out: () => out.text,
      kill: (signal) => kill(process, signal),
      printed: (pattern) => heard(out, pattern),
      complained: (pattern) => heard(err, pattern),
      ended,
    };
  }

  /**
   * Carries a command out: in this process, which takes half the time, but for
   * what asks an environment of its own for engines.
   */
  cleft(...words: readonly string[]): Promise<Ended> {
    const opens = this.#hasEngines
      ? /^(run|rerun|resume|setup|doctor)$/
      : /^(setup|doctor)$/;
    return opens.test(words[0] ?? "")
      ? this.start(...words).ended
      : this.here(...words);
  }

  /** Carries a command out in this process. */
  async here(...words: readonly string[]): Promise<Ended> {
    const { code, out, err } = await sayTo(commands, words, {
      context: {
        callerFolder: this.folder,
        projectFolder,
        environment: { ...Deno.env.toObject(), ...this.#environment },
      },
    });
    const asLines = (text: string) => text && `${text}\n`;
    return { code, out: asLines(out), err: asLines(err) };
  }

  /** Carries a command out that has to succeed, and returns what it printed. */
  async well(...words: readonly string[]): Promise<string> {
    return outOf(words, await this.cleft(...words));
  }

  /** The same for a command that prints JSON. */
  async json<T>(...words: readonly string[]): Promise<T> {
    return JSON.parse(await this.well(...words, "--json"));
  }

  /** Runs an experiment and returns the run's name. */
  async run(file = "tiny.yaml", ...words: readonly string[]): Promise<string> {
    const said = await this.well("run", file, ...words);
    return /^Running \S+ as (\S+)$/m.exec(said)![1]!;
  }

  /** The records, to read. */
  records(): Records {
    return openRecords(this.results, { readOnly: true });
  }

  /** What a repetition has to give again, to the bit. */
  traceOf(id: string): Trace {
    using records = this.records();
    const best = records.artifacts(id)
      .find(({ name }) => name === "checkpoint/best");
    return {
      metrics: records.metrics(id).filter(({ name }) =>
        !/^(speed|system)\./.test(name)
      ),
      weights: records.weightHashes(id)
        .map(({ step, layer, sha256 }) => `${step} ${layer} ${sha256}`),
      samples: records.samples(id)
        .map(({ index, step, sha256 }) => `${index} ${step} ${sha256}`),
      best: best?.sha256,
    };
  }

  /** Every file below the folder and in the results, sorted; without SQLite's own two. */
  files(): string[] {
    const below = (folder: string, prefix: string) =>
      filesBelow(folder).map((path) => prefix + path.slice(folder.length));
    const isElsewhere = !this.results.startsWith(this.folder);
    return [
      ...below(this.folder, ""),
      ...(isElsewhere ? below(this.results, "/results") : []),
    ].map((path) => path.slice(1))
      .filter((path) => !/\.sqlite-(wal|shm)$/.test(path)).sort();
  }

  [Symbol.dispose](): void {
    for (const process of this.#running) kill(process, "SIGKILL");
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** What of a run is the same in a repetition. */
export interface Trace {
  /** Every number but speeds. */
  readonly metrics: readonly MetricPoint[];
  /** Step, layer and hash of its weights. */
  readonly weights: readonly string[];
  /** Number, step and hash of the samples it has seen. */
  readonly samples: readonly string[];
  /** Hash of the checkpoint with the best weights. */
  readonly best: string | undefined;
}

/** What a command printed that has to succeed. */
export function outOf(
  words: readonly string[],
  { code, out, err }: Ended,
): string {
  if (code === 0) return out;
  throw new Error(`"${words.join(" ")}" ended with ${code}: ${out}${err}`);
}

/** Waits. */
export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** Collects a stream of text. */
class Listener {
  text = "";
  readonly end: Promise<void>;
  #changed = Promise.withResolvers<void>();
  #isOver = false;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.end = this.#collect(stream);
  }

  /** Whether the stream says so before its end. */
  async heard(pattern: RegExp): Promise<boolean> {
    while (!pattern.test(this.text)) {
      if (this.#isOver) return false;
      await this.#changed.promise;
    }
    return true;
  }

  async #collect(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      this.text += decoder.decode(chunk, { stream: true });
      this.#wake();
    }
    this.#isOver = true;
    this.#wake();
  }

  #wake(): void {
    const changed = this.#changed;
    this.#changed = Promise.withResolvers();
    changed.resolve();
  }
}

function kill(process: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    process.kill(signal);
  } catch (error) {
    const isOver = error instanceof TypeError ||
      error instanceof Deno.errors.NotFound;
    if (!isOver) throw error;
  }
}

function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    return isDirectory ? filesBelow(path) : [path];
  });
}

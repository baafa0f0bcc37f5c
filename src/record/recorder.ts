import { RunError } from "@/core/mod.ts";
import { ArtifactWriter } from "./_artifact_writer.ts";
import type { Claim } from "./_claims.ts";
import { DatabaseGone } from "./_database.ts";
import { isFull } from "./_failure.ts";
import { type Inheritance, takeOver } from "./_inheritance.ts";
import { putBack } from "./_leftovers.ts";
import type { Parts } from "./_parts.ts";
import { Pending } from "./_pending.ts";
import { Reserve } from "./_reserve.ts";
import { runFolder } from "./_run_folder.ts";
import { RunLock } from "./_run_lock.ts";
import { SignOfLife } from "./_sign_of_life.ts";
import type {
  Artifact,
  Content,
  LogLine,
  MetricPoint,
  Run,
  RunState,
  SeenSample,
  WeightHash,
} from "./types.ts";
import type { RunEnd } from "./table/runs.ts";
import type { Verdict } from "./verdict.ts";

const piecesAFlush = 1000, flushEveryMs = 1000, beatEveryMs = 5000;

/**
 * Records one run, and is the only one to do so. What it is given in small
 * pieces it keeps until `flush()`, which it also calls itself: after 1,000
 * points or samples, one second or an artifact. A write that fails keeps them for the
 * next, so that nothing is lost or doubled.
 */
export class Recorder implements Disposable {
  /** The run's own folder, `<results>/runs/<id>`. */
  readonly folder: string;
  readonly #parts: Parts;
  readonly #claim: Claim;
  readonly #reserve: Reserve;
  readonly #lock: RunLock;
  readonly #sign: SignOfLife;
  readonly #artifacts: ArtifactWriter;
  readonly #pending = new Pending();
  #writtenMs = performance.now();
  #isOpen = true;
  #hasFailed = false;

  /** Begins to record what was claimed. */
  constructor(parts: Parts, claim: Claim) {
    this.folder = runFolder(parts.folder, claim.id);
    this.#reserve = new Reserve(this.folder);
    this.#parts = parts;
    this.#claim = claim;
    this.#lock = new RunLock(this.folder);
    this.#lock.take();
    this.#artifacts = new ArtifactWriter(parts, {
      claim,
      folder: this.folder,
      write: (doing, work) => this.#write(doing, work),
    });
    this.#sign = new SignOfLife(() =>
      parts.database.write(`show that ${claim.id} lives`, () => this.#beat())
    );
  }

  /** The run, as it stands. */
  get run(): Run {
    return this.#parts.runs.find(this.#claim.id)!.run;
  }

  /**
   * Records a number; an equal split, name and step replaces it.
   *
   * @throws {RunError} If it was time to write and that failed.
   */
  metric(point: MetricPoint): void {
    this.metrics([point]);
  }

  /**
   * Records numbers.
   *
   * @throws {RunError} If it was time to write and that failed.
   */
  metrics(points: readonly MetricPoint[]): void {
    this.#checkOpen();
    this.#pending.addMetrics(points);
    this.#flushIfDue();
  }

  /** Records hashes of weights, in the network's order. */
  weightHashes(hashes: readonly WeightHash[]): void {
    this.#checkOpen();
    this.#pending.addWeightHashes(hashes);
  }

  /**
   * Records samples that training has seen; an equal number replaces.
   *
   * @throws {RunError} If it was time to write and that failed.
   */
  samples(samples: readonly SeenSample[]): void {
    this.#checkOpen();
    this.#pending.addSamples(samples);
    this.#flushIfDue();
  }

  /**
   * Records content under a name, and all that was given before; an equal name
   * replaces. The bytes are borrowed.
   *
   * @throws {ExperimentError} If the name is not a plain relative path.
   * @throws {RunError} If it cannot be written; then the old content stays.
   */
  artifact(name: string, mediaType: string, bytes: Uint8Array): Artifact {
    this.#checkOpen();
    const [artifact] = this.#artifacts.put(
      [{ name, mediaType, content: bytes }],
      { doing: `record the artifact "${name}"` },
    );
    return artifact!;
  }

  /**
   * Records all that is to stand below a folder of names, such as `sections`, and
   * all that was given before; what else stood there goes. Whoever reads finds the
   * old contents or the new ones, never some of each.
   *
   * @throws {ExperimentError} If a name is not a plain relative path.
   * @throws {RunError} If it cannot be written; then the old contents stay.
   */
  artifactsBelow(folder: string, contents: readonly Content[]): void {
    this.#checkOpen();
    this.#artifacts.put(contents, {
      doing: `record the artifacts below "${folder}"`,
      below: folder,
    });
  }

  /**
   * Writes a line of the log, at once.
   *
   * @throws {RunError} If it cannot be written.
   */
  log(level: LogLine["level"], text: string): void {
    this.#checkOpen();
    this.#pending.addLine({ at: now(), level, text });
    this.flush();
  }

  /**
   * Records what another run's training has left as if this one had trained:
   * numbers, hashes of weights and samples, artifacts.
   *
   * @throws {RunError} If it cannot be written; then none of it is.
   */
  inherit(inheritance: Inheritance): void {
    this.#checkOpen();
    const { tables } = this.#parts, { number: to } = this.#claim;
    this.#write(
      `take over the training of ${inheritance.from}`,
      () => takeOver(inheritance, { tables, to }),
    );
  }

  /** Shows that the process lives; writes at most every five seconds. */
  heartbeat(): void {
    this.#checkOpen();
    if (performance.now() - this.#writtenMs > beatEveryMs) this.flush();
  }

  /**
   * Writes what was given so far.
   *
   * @throws {RunError} If it cannot; the next flush then tries again.
   */
  flush(): void {
    this.#checkOpen();
    this.#write("record the progress", () => {});
  }

  /**
   * Writes the rest, and how the run ended; nothing can be recorded after it.
   *
   * @throws {RunError} If it cannot be written; it can then be called again.
   */
  finish(
    state: Exclude<RunState, "running" | "stopped" | "crashed">,
    reason: string | null = null,
    verdict: Verdict | null = null,
  ): void {
    this.#end({ state, reason, stoppedAfter: null }, verdict);
  }

  /**
   * Writes the rest, and that a search stopped the run after a step; it can be gone
   * on with.
   *
   * @throws {RunError} If it cannot be written; it can then be called again.
   */
  stop(step: number, verdict: Verdict | null = null): void {
    const reason = `stopped by a search after step ${step}`;
    this.#end({ state: "interrupted", reason, stoppedAfter: step }, verdict);
  }

  #end(how: Omit<RunEnd, "at">, verdict: Verdict | null): void {
    this.#checkOpen();
    const { runs, verdicts, curves } = this.#parts.tables;
    const { number } = this.#claim;
    const end = { ...how, at: now() };
    const write = ({ packs }: { readonly packs: boolean }) =>
      this.#write("record the end", () => {
        runs.end(number, end);
        if (packs) curves.pack(number);
        if (verdict) verdicts.put(number, verdict);
      });
    try {
      write({ packs: true });
      this.#reserve.release();
    } catch (error) {
      if (!isFull(error)) throw error;
      this.#reserve.release();
      write({ packs: false }); // the reserve is small, and rows are enough
    }
    this.#close();
  }

  /** Marks the run interrupted, if it was not finished. */
  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    try {
      this.finish("interrupted", "Closed before its end");
    } catch (error) {
      // A failure the caller knows of must not hide behind its repetition.
      if (!this.#hasFailed) throw error;
    } finally {
      this.#close();
    }
  }

  #close(): void {
    this.#isOpen = false;
    this.#sign[Symbol.dispose]();
    this.#lock.release();
  }

  #flushIfDue(): void {
    if (
      this.#pending.pieces >= piecesAFlush ||
      performance.now() - this.#writtenMs > flushEveryMs
    ) this.flush();
  }

  /** False if another process has taken the run over. */
  #beat(): boolean {
    const { number, lease } = this.#claim;
    return this.#parts.tables.heartbeats.beat(number, { lease, at: now() });
  }

  /** One transaction of all that waits, a sign of life, and `work`. */
  #write<T>(doing: string, work: () => T): T {
    const { database, tables } = this.#parts;
    const { id, number } = this.#claim;
    try {
      const result = database.write(`${doing} of ${id}`, () => {
        if (!this.#beat()) {
          throw new RunError(
            `Cannot ${doing} of ${id}: another process has taken it over`,
            { where: database.path, fix: "Let that process go on" },
          );
        }
        this.#pending.writeTo(tables, number);
        return work();
      });
      this.#pending.clear();
      this.#writtenMs = performance.now();
      return result;
    } catch (error) {
      this.#hasFailed = true;
      throw error instanceof DatabaseGone ? this.#rescue(error) : error;
    }
  }

  /** Goes on in a file of its own, and gives the error that says so. */
  #rescue(gone: DatabaseGone): RunError {
    const path = this.#parts.database.rescue();
    this.flush();
    return new RunError(gone.message, {
      where: gone.where,
      fix:
        `All of it is in a file of its own; put that in its place and go on ` +
        `by: ${putBack(path, gone.where)} && ` +
        `deno task resume ${this.#claim.id}`,
      cause: gone,
    });
  }

  #checkOpen(): void {
    if (this.#isOpen) return;
    throw new TypeError(`Cannot record "${this.#claim.id}": it has ended`);
  }
}

function now(): string {
  return new Date(Date.now()).toISOString();
}

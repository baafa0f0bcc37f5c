import { join } from "node:path";
import { explainSystemError, writeAll } from "@/core/mod.ts";
import type { MetricPoint, Records, Run } from "@/record/mod.ts";
import {
  pictureEvent,
  restartEvent,
  scalarsEvent,
  versionEvent,
} from "./event.ts";
import { picturesOf } from "./pictures.ts";

/** What a board is opened with. */
export interface BoardPlace {
  /** The run. */
  readonly run: Pick<Run, "id">;
  /** The step after which it begins or goes on. */
  readonly afterStep: number;
  /** Hears why nothing is written any more: a run does not fail by it. */
  print(line: string): void;
}

/**
 * Writes what a run records, as it does, to an event file in `FOLDER/<run>`, for
 * a TensorBoard that watches the folder.
 */
export class LiveBoard implements Disposable {
  readonly #folder: string;
  readonly #place: BoardPlace;
  #file: Deno.FsFile | null = null;

  /**
   * Begins a file.
   *
   * @throws {ExperimentError} If the folder cannot be written.
   */
  constructor(folder: string, place: BoardPlace) {
    this.#place = place;
    this.#folder = join(folder, place.run.id);
    try {
      Deno.mkdirSync(this.#folder, { recursive: true });
      // TensorBoard takes files in the order of their names.
      const wallS = Math.floor(nowS());
      const name = `events.out.tfevents.${wallS}.cleft.${Deno.pid}`;
      this.#file = Deno.openSync(join(this.#folder, name), {
        create: true,
        append: true,
      });
    } catch (error) {
      throw explainSystemError(error, { doing: "write for TensorBoard" });
    }
    this.#write(versionEvent(nowS()));
    const { afterStep } = place;
    if (afterStep > 0) {
      this.#write(restartEvent({ step: afterStep + 1, wallS: nowS() }));
    }
  }

  /** Writes numbers. */
  metrics(points: readonly MetricPoint[]): void {
    for (const [step, some] of Map.groupBy(points, (point) => point.step)) {
      const scalars = some.map(({ split, name, value }) => ({
        tag: `${split}/${name}`,
        value,
      }));
      this.#write(scalarsEvent(scalars, { step, wallS: nowS() }));
    }
  }

  /** Writes the pictures that a run has recorded. */
  pictures(records: Records, lastStep: number): void {
    const { run: { id } } = this.#place;
    for (const { step, ...picture } of picturesOf(records, { id, lastStep })) {
      this.#write(pictureEvent(picture, { step, wallS: nowS() }));
    }
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#file?.close();
    this.#file = null;
  }

  #write(event: Uint8Array): void {
    if (!this.#file) return;
    try {
      writeAll(this.#file, event);
    } catch (error) {
      this[Symbol.dispose]();
      const { message } = error as Error;
      this.#place.print(
        `Note: nothing more is written to ${this.#folder}: ${message}`,
      );
    }
  }
}

function nowS(): number {
  return Date.now() / 1000;
}

import { join } from "node:path";
import * as z from "zod";
import {
  channelsIn,
  ExperimentError,
  explainSystemError,
  joinChannels,
  removeFolderIfThere,
  sizeOf,
  statIfThere,
  writeAtomically,
  type Zyx,
} from "@/core/mod.ts";
import { FloatFile } from "./_float_file.ts";
import { parsedJson, SpoolLog } from "./_spool_log.ts";

/** A part of a prediction, all sections of it. */
export interface Column {
  /** Its first row and column of voxels. */
  readonly startYx: readonly [y: number, x: number];
  /** Its rows and columns of voxels. */
  readonly shapeYx: readonly [height: number, width: number];
}

/** What a spool is of. */
export interface SpoolPlan {
  /** Equal for predictions that would be equal. */
  readonly key: string;
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** Numbers of a voxel; 1 by default. */
  readonly channels?: number;
  /** Extent of a column along y and x; a spool that was begun keeps its own. */
  readonly columnYx: readonly [height: number, width: number];
}

const extent = z.int().min(1);
const headSchema = z.strictObject({
  form: z.literal(1),
  key: z.string(),
  channels: extent,
  shapeVox: z.tuple([extent, extent, extent]),
  columnYx: z.tuple([extent, extent]),
});

/** Another process predicts to the same output. */
export class PredictedElsewhere extends ExperimentError {}

/**
 * A prediction on its way, in a folder: what is finished of each column, section
 * by section, as float32. What was appended is there however the process ends.
 */
export class Spool implements Disposable {
  readonly #folder: string;
  readonly #shapeVox: Zyx;
  readonly #channels: number;
  readonly #log: SpoolLog;
  readonly #numbers: FloatFile;
  readonly #opened: DisposableStack;
  /** The columns, row by row. */
  readonly columns: readonly Column[];
  /** Whether it goes on with what was there. */
  readonly isGoingOn: boolean;

  /**
   * Opens what there is of a prediction, or begins it; what is there of another
   * one is removed.
   *
   * @throws {PredictedElsewhere} If another process has it open.
   * @throws {ExperimentError} If it cannot be written.
   */
  constructor(folder: string, plan: SpoolPlan) {
    this.#folder = folder;
    this.#shapeVox = plan.shapeVox;
    this.#channels = plan.channels ?? 1;
    const at = (name: string) => join(folder, name);
    using opened = new DisposableStack();
    const { log, numbers, head } = this.#explained(() => {
      Deno.mkdirSync(folder, { recursive: true });
      const log = opened.use(new SpoolLog(at("log.jsonl")));
      if (!log.isOurs) {
        throw new PredictedElsewhere(
          `Cannot predict: another process does so, with "${folder}"`,
          { where: folder, fix: "Wait for it, or name another output" },
        );
      }
      const numbers = opened.use(new FloatFile(at("probability.f32")));
      const head = headIn(at("head.json"), plan);
      if (!head) {
        for (const file of [log, numbers]) file.clear();
        const { key, shapeVox, columnYx } = plan, channels = this.#channels;
        writeAtomically(
          at("head.json"),
          JSON.stringify({ form: 1, key, channels, shapeVox, columnYx }),
        );
      }
      return { log, numbers, head };
    });
    this.#log = log;
    this.#numbers = numbers;
    this.isGoingOn = head !== null;
    this.columns = columnsOf(plan.shapeVox, head?.columnYx ?? plan.columnYx);
    this.#opened = opened.move();
  }

  /** How many sections of a column are finished. */
  done(column: number): number {
    return this.#log.done(column);
  }

  /** Adds finished sections to a column, `[channels, sections, h, w]`. */
  append(column: number, sections: Float32Array): void {
    const { shapeYx: [height, width] } = this.columns[column]!;
    const before = this.done(column), size = height * width;
    const length = sections.length / this.#channels;
    this.#explained(() => {
      for (const [k, numbers] of channelsIn(sections, length).entries()) {
        this.#numbers.write(numbers, this.#startOf(column, k) + before * size);
      }
      this.#numbers.sync();
      this.#log.note(column, before + length / size);
    });
  }

  /** Some whole sections, `[channels, sections, H, W]`. */
  read(startZ: number, sections: number): Float32Array {
    return joinChannels(Array.from(
      { length: this.#channels },
      (_, channel) => this.#readChannel(channel, startZ, sections),
    ));
  }

  #readChannel(channel: number, startZ: number, sections: number) {
    const [, height, width] = this.#shapeVox;
    const result = new Float32Array(sections * height * width);
    for (const [i, { startYx: [y0, x0], shapeYx }] of this.columns.entries()) {
      const [rows, columns] = shapeYx, size = rows * columns;
      const part = this.#explained(() =>
        this.#numbers.read(
          this.#startOf(i, channel) + startZ * size,
          sections * size,
        )
      );
      for (let row = 0; row < sections * rows; row++) {
        const z = Math.floor(row / rows), y = y0 + row % rows;
        result.set(
          part.subarray(row * columns, (row + 1) * columns),
          (z * height + y) * width + x0,
        );
      }
    }
    return result;
  }

  /** Removes it with all that is in it. */
  remove(): void {
    this[Symbol.dispose]();
    this.#explained(() => removeFolderIfThere(this.#folder));
  }

  /** Closes it; what is in it stays. */
  [Symbol.dispose](): void {
    this.#opened.dispose();
  }

  /** The place of a column's first number of a channel. */
  #startOf(column: number, channel: number): number {
    return this.columns.slice(0, column).reduce(
      (sum, { shapeYx: [height, width] }) =>
        sum + this.#shapeVox[0] * height * width,
      channel * sizeOf(this.#shapeVox),
    );
  }

  #explained<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      if (error instanceof ExperimentError) throw error;
      throw explainSystemError(error, {
        doing: `keep what is predicted in "${this.#folder}"`,
        where: this.#folder,
      });
    }
  }
}

/** The head of what is there, if it is of the same prediction. */
function headIn(path: string, { key, shapeVox, channels = 1 }: SpoolPlan) {
  if (!statIfThere(path)?.isFile) return null;
  const head = headSchema.safeParse(parsedJson(Deno.readTextFileSync(path)));
  if (!head.success || head.data.key !== key) return null;
  const isSame = head.data.channels === channels &&
    head.data.shapeVox.every((n, axis) => n === shapeVox[axis]);
  return isSame ? head.data : null;
}

function columnsOf(
  [, height, width]: Zyx,
  [rows, columns]: readonly [number, number],
): Column[] {
  const all: Column[] = [];
  for (let y = 0; y < height; y += rows) {
    for (let x = 0; x < width; x += columns) {
      all.push({
        startYx: [y, x],
        shapeYx: [Math.min(rows, height - y), Math.min(columns, width - x)],
      });
    }
  }
  return all;
}

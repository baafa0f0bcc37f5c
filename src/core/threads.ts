import { errorOf, type Fault, faultOf } from "./_fault.ts";

/** What a thread is told: first its task, then questions, at last to end. */
type Told<Task, Question> =
  | { readonly task: Task }
  | { readonly id: number; readonly question: Question }
  | { readonly end: true };

/** What a thread tells of a question, or once it has ended. */
type Said<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly fault: Fault }
  | { readonly ended: true };

/** Threads that do the same. */
export interface ThreadsPlan<Task> {
  /** Starts one, which serves by {@linkcode serveInThread}. */
  start(): Worker;
  /** How many. */
  readonly count: number;
  /** What each is told first. */
  readonly task: Task;
  /** What they do for a question, as after "Cannot": `prepare a batch`. */
  readonly doing: string;
}

/** A thread, and the number of answers it still owes. */
interface Thread {
  readonly worker: Worker;
  readonly ended: PromiseWithResolvers<void>;
  owes: number;
}

/**
 * Threads that answer questions, all of them plain values. Each question goes at
 * once to the thread that owes least, so that none is idle while the caller computes.
 */
export class Threads<Task, Question, Answer>
  implements Disposable, AsyncDisposable {
  readonly #plan: ThreadsPlan<Task>;
  readonly #threads: readonly Thread[];
  readonly #pending = new Map<number, PromiseWithResolvers<Answer>>();
  #broken: Error | undefined;
  #asked = 0;

  /** Starts them; why a task cannot be done is said to each question. */
  constructor(plan: ThreadsPlan<Task>) {
    this.#plan = plan;
    this.#threads = Array.from({ length: plan.count }, () => this.#start());
  }

  /**
   * Asks the thread that owes least.
   *
   * @param buffers Of the question, what is handed over in place of copied.
   * @throws What the thread threw, or why there are no threads any more.
   */
  ask(question: Question, buffers: ArrayBuffer[] = []): Promise<Answer> {
    if (this.#broken) return Promise.reject(this.#broken);
    const answer = Promise.withResolvers<Answer>(), id = this.#asked++;
    this.#pending.set(id, answer);
    const thread = this.#threads.reduce((a, b) => b.owes < a.owes ? b : a);
    thread.owes++;
    this.#tell(thread, { id, question }, buffers);
    return answer.promise;
  }

  #start(): Thread {
    const { start, task, doing } = this.#plan;
    const worker = start(), ended = Promise.withResolvers<void>();
    const thread: Thread = { worker, ended, owes: 0 };
    worker.onmessage = ({ data }: MessageEvent<Said<Answer>>) => {
      if ("ended" in data) return ended.resolve();
      thread.owes--;
      const pending = this.#pending.get(data.id);
      this.#pending.delete(data.id);
      if ("answer" in data) pending?.resolve(data.answer);
      else pending?.reject(errorOf(data.fault, doing));
    };
    worker.onerror = (event) => {
      event.preventDefault(); // or it would end the process
      this.#break(event.message);
    };
    worker.onmessageerror = () => this.#break("its answer cannot be read");
    this.#tell(thread, { task });
    return thread;
  }

  #tell(
    { worker }: Thread,
    told: Told<Task, Question>,
    buffers: ArrayBuffer[] = [],
  ): void {
    worker.postMessage(told, buffers);
  }

  #break(why: string): void {
    this.#broken ??= new Error(`Cannot ${this.#plan.doing}: ${why}`);
    for (const { reject } of this.#pending.values()) reject(this.#broken);
    for (const { ended } of this.#threads) ended.resolve();
    this.#pending.clear();
  }

  /** Ends the threads, in the middle of what they do. */
  [Symbol.dispose](): void {
    for (const { worker } of this.#threads) worker.terminate();
    this.#break("its threads were ended");
  }

  /** Ends the threads: those at work in the middle of it, others in good order. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#pending.size === 0 && !this.#broken) {
      for (const thread of this.#threads) this.#tell(thread, { end: true });
      await Promise.all(this.#threads.map(({ ended }) => ended.promise));
    }
    this[Symbol.dispose]();
  }
}

/** What a thread answers by. */
export interface Answering<Question, Answer> {
  /** Answers a question. */
  answer(question: Question): Answer | Promise<Answer>;
  /** Of an answer, what is handed over in place of copied. */
  buffersOf(answer: Answer): ArrayBuffer[];
  /** Frees what it holds, where the thread ends in good order. */
  close?(): void;
}

/** What is there of a thread from within it. */
interface Within {
  postMessage(said: Said<unknown>, buffers?: ArrayBuffer[]): void;
  close(): void;
}

/** Serves {@linkcode Threads} from within one of them. */
export function serveInThread<Task, Question, Answer>(
  open: (
    task: Task,
  ) => Answering<Question, Answer> | Promise<Answering<Question, Answer>>,
): void {
  const within = globalThis as unknown as Within;
  const opened = Promise.withResolvers<Answering<Question, Answer>>();
  opened.promise.catch(() => {}); // said to each question
  globalThis.addEventListener("message", async (event) => {
    const { data } = event as MessageEvent<Told<Task, Question>>;
    if ("task" in data) {
      opened.resolve(Promise.try(open, data.task));
    } else if ("end" in data) {
      (await opened.promise.catch(() => null))?.close?.();
      within.postMessage({ ended: true });
      within.close();
    } else {
      const { id, question } = data;
      try {
        const answering = await opened.promise;
        const answer = await answering.answer(question);
        within.postMessage({ id, answer }, answering.buffersOf(answer));
      } catch (error) {
        within.postMessage({ id, fault: faultOf(error) });
      }
    }
  });
}

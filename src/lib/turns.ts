/** How long a slice works before requests get their turn, ms. */
const shortestSlice = 4;
/** The longest slice: where the requests of a turn take long, jobs get a fifth of the time. */
const longestSlice = 25;

/** Who waits for a turn of the event loop. */
export interface Turns<T> {
  /** Gives an item a turn, once however often it is added before. */
  add(item: T): void;
  /** No more turns. */
  stop(): void;
  readonly isStopped: boolean;
}

/**
 * Gives one item a turn of the event loop, whoever's it is: many jobs at once slow each other, not the requests.
 * @param work what an item does in its turn; `sliceMs` is how long it may take; it must not throw
 * @param now the machine's time in ms
 */
export function createTurns<T>(
  work: (item: T, sliceMs: number) => void,
  now = () => performance.now(),
): Turns<T> {
  const waiting: T[] = [];
  let isRunning = false;
  let isStopped = false;
  /** When the last turn ended, while there is another to come. */
  let lastEnd: number | undefined;

  const next = () => {
    const item = waiting.shift();
    if (item === undefined || isStopped) {
      isRunning = false;
      lastEnd = undefined;
      return;
    }
    const others = lastEnd === undefined ? 0 : now() - lastEnd;
    work(item, Math.min(longestSlice, Math.max(shortestSlice, others / 4)));
    lastEnd = now();
    setImmediate(next);
  };

  return {
    add(item) {
      if (!waiting.includes(item)) waiting.push(item);
      if (isRunning || isStopped) return;
      isRunning = true;
      setImmediate(next);
    },
    stop() {
      isStopped = true;
    },
    get isStopped() {
      return isStopped;
    },
  };
}

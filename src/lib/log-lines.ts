import type { Writable } from 'node:stream';

/** A destination for a logger that never stops the process, and never keeps it from ending. */
export interface LogLines {
  /** Takes a line; it is written with others, soon. */
  write(line: string): void;
  /** Resolves when what waits was written or refused, after `ms` at the latest. */
  flush(ms: number): Promise<void>;
}

/** Lines are written some hundreds at once: characters, ms. */
const batch = 65_536;
const interval = 50;
/** What may wait for a reader that does not read, characters. */
const mostWaiting = 1_048_576;

/**
 * Writes lines beside the work. What can't be written (its reader has gone or does not read, the disk is full) is
 * dropped, and later lines are tried again. pino's own destination would wait at the exit, for ever.
 * @param output a test's own, or stdout
 * @param errors gets one line when the first lines are dropped
 */
export function createLogLines(
  output: Writable = process.stdout,
  errors: Writable = process.stderr,
): LogLines {
  let waiting = '';
  let isWriting = false;
  let hasDropped = false;
  let timer: NodeJS.Timeout | undefined;
  const whenWritten: (() => void)[] = [];

  const drop = (reason: string) => {
    if (hasDropped) return;
    hasDropped = true;
    write(
      errors,
      `mockjet: The log cannot be written (${reason}): lines are dropped while that lasts\n`,
    );
  };
  const written = (error?: Error | null) => {
    isWriting = false;
    if (error) drop(error.message);
    if (waiting.length >= batch || whenWritten.length > 0) writeWaiting();
    else if (waiting !== '') later();
  };
  const later = () => {
    timer ??= setTimeout(writeWaiting, interval);
  };
  const writeWaiting = () => {
    clearTimeout(timer);
    timer = undefined;
    if (isWriting) return;
    if (waiting === '') {
      for (const tell of whenWritten.splice(0)) tell();
      return;
    }
    const text = waiting;
    waiting = '';
    isWriting = true;
    write(output, text, written);
  };
  return {
    write(line) {
      if (waiting.length + line.length > mostWaiting) return drop('its reader does not read');
      waiting += line;
      if (waiting.length >= batch) writeWaiting();
      else if (!isWriting) later();
    },
    flush(ms) {
      return new Promise((resolve) => {
        const giveUp = setTimeout(resolve, ms);
        whenWritten.push(() => {
          clearTimeout(giveUp);
          resolve();
        });
        writeWaiting();
      });
    },
  };
}

/** An error goes to `done`; the event that follows would end the process if nobody listened. */
function write(stream: Writable, text: string, done: (error?: Error | null) => void = () => {}) {
  stream.write(text, (error) => {
    if (error) stream.once('error', () => {});
    done(error);
  });
}

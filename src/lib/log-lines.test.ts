import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLogLines } from './log-lines.ts';

/** A stream that keeps what it is given; each write ends when `answer` is called, with the error of `fails`. */
function output() {
  const texts: string[] = [];
  const pending: (() => void)[] = [];
  const state = { fails: undefined as Error | undefined, isSlow: false };
  const stream = new Writable({
    decodeStrings: false,
    emitClose: false,
    write(text, _encoding, done) {
      texts.push(text);
      const end = () => done(state.fails);
      if (state.isSlow) pending.push(end);
      else end();
    },
    // as stdout does, which outlives every error
    destroy(error, done) {
      done(error);
      (this as unknown as { _undestroy(): void })._undestroy();
    },
  });
  return { stream, texts, state, read: () => pending.shift()?.() };
}

describe('the lines of a log', () => {
  it('are written together, in their order', async () => {
    const { stream, texts } = output();
    const lines = createLogLines(stream, output().stream);
    for (const line of ['one\n', 'two\n', 'three\n']) lines.write(line);
    expect(texts).toEqual([]);
    await lines.flush(1000);
    expect(texts).toEqual(['one\ntwo\nthree\n']);
  });

  it('are written without waiting when there are many', () => {
    const { stream, texts } = output();
    createLogLines(stream, output().stream).write(`${'x'.repeat(65_536)}\n`);
    expect(texts).toHaveLength(1);
  });

  it('are dropped where they cannot be written, which is told once, and go on later', async () => {
    const { stream, texts, state } = output();
    const errors = output();
    const lines = createLogLines(stream, errors.stream);
    state.fails = new Error('ENOSPC: no space left on device');
    for (const line of ['lost\n', 'lost too\n']) {
      lines.write(line);
      await lines.flush(1000);
    }
    expect(errors.texts).toEqual([
      'mockjet: The log cannot be written (ENOSPC: no space left on device): lines are dropped while that lasts\n',
    ]);
    state.fails = undefined;
    await turn(); // the stream tells of its error now
    lines.write('back\n');
    await lines.flush(1000);
    expect(texts).toEqual(['lost\n', 'lost too\n', 'back\n']);
  });

  it('are dropped beyond a megabyte for a reader that does not read, and none keeps the end waiting', async () => {
    const { stream, texts, state, read } = output();
    const errors = output();
    const lines = createLogLines(stream, errors.stream);
    state.isSlow = true;
    for (let n = 0; n < 3000; n += 1) lines.write(`${n} ${'x'.repeat(1000)}\n`);
    expect(errors.texts).toEqual([expect.stringContaining('its reader does not read')]);
    await lines.flush(1); // the test ends only if this does
    state.isSlow = false;
    read();
    await lines.flush(1000);
    const numbers = texts.join('').match(/^\d+/gm) ?? [];
    expect(numbers.length).toBeGreaterThan(1000);
    expect(numbers.length).toBeLessThan(1200);
    expect(numbers).toEqual(numbers.map((_, n) => String(n)));
  });

  it('hurt nobody where errors cannot be told either', async () => {
    const [out, errors] = [output(), output()];
    out.state.fails = new Error('EPIPE');
    errors.state.fails = new Error('EPIPE');
    const lines = createLogLines(out.stream, errors.stream);
    lines.write('lost\n');
    await lines.flush(1000);
    await turn(); // an error that nobody heard would end the run
  });
});

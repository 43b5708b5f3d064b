// Every write that was answered before a kill -9 must be there after it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from './random.mjs';
import { startServer } from './server.mjs';
import { writeAll } from './writes.mjs';

/** How many lives a data folder has before a new one takes its place. */
const livesOfFolder = 40;
const writers = 4;

export async function killWrites({ kills, seed, log }) {
  const random = createRandom(seed);
  const lost = [];
  const kinds = {};
  let answered = 0;
  let folder = '';
  try {
    for (let life = 0; life < kills; life += 1) {
      if (life % livesOfFolder === 0) {
        if (folder !== '') rmSync(folder, { recursive: true });
        folder = mkdtempSync(join(tmpdir(), 'mockjet-kill-writes-'));
      }
      const first = await startServer(['--data', folder]);
      const known = new Map();
      const [list] = await first.get('contactslist?Sort=ID&Limit=1');
      let isOver = false;
      const writing = Array.from({ length: writers }, (_, n) =>
        writeAll(
          { server: first, known, list: list.ID, name: `l${life}w${n}`, random },
          () => isOver,
        ),
      );
      // a slow machine may need all of its time for the first answer
      while (known.size === 0) await pause(5);
      await pause(20 + random.below(200));
      isOver = true;
      await first.end('SIGKILL');
      await Promise.all(writing);

      const second = await startServer(['--data', folder]);
      for (const [what, { kind, isThere }] of known) {
        answered += 1;
        kinds[kind] = (kinds[kind] ?? 0) + 1;
        const isKept = await isThere(second).catch(({ message }) => message);
        if (isKept !== true) lost.push(`life ${life}: ${kind} ${what} ${isKept}`);
      }
      for (const { msg } of second.errors) lost.push(`life ${life}: logged ${msg}`);
      // the second server dies too, so that each folder is opened after a kill only
      await second.end('SIGKILL');
      if ((life + 1) % 50 === 0)
        log(`${life + 1} kills, ${answered} answered, ${lost.length} lost`);
    }
    return { kills, answered, kinds, differences: lost };
  } finally {
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  }
}

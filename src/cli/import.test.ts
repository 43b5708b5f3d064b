import { expect, it } from 'vitest';
import { ended } from './import.ts';

const job = (Status: string, Current = 0) => ({ ID: 7, Status, Count: 9, Current, Errcount: 0 });

/** Looks at a job as `states` say, one after the other, the last again and again. */
async function watch(states: ReturnType<typeof job>[]) {
  let looks = 0;
  const end = await ended(
    job('Upload'),
    async () => states[Math.min(looks++, states.length - 1)] ?? job('Upload'),
    async () => undefined,
  ).catch((error: Error) => error.message);
  return { end, looks };
}

it('a job that goes on is waited for to its end, however long it takes', async () => {
  const slowly = Array.from({ length: 5000 }, (_, i) => job('Importing', Math.floor(i / 1000)));
  expect(await watch([...slowly, job('Completed')])).toEqual({
    end: job('Completed'),
    looks: 5001,
  });
});

it('one that stands still for a minute is not', async () => {
  expect(await watch([job('Prepare')])).toEqual({
    end: expect.stringContaining('The job 7 stands at Prepare for a minute'),
    looks: 1201,
  });
});

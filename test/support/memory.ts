import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes of objects and buffers that this process keeps, after all garbage is gone: the same on every machine. */
export async function memoryKept(): Promise<number> {
  for (let n = 0; n < 3; n += 1) {
    // buffers are let go of between turns
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

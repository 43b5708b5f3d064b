const width = 30;

/** One line that shows how far a job is, e.g. `[######        ] 20% Importing`. `count` is 0 before it is known. */
export function progressBar(current: number, count: number, status: string): string {
  const share = count === 0 ? 0 : Math.min(1, current / count);
  const done = Math.floor(share * width);
  return `[${'#'.repeat(done)}${' '.repeat(width - done)}] ${Math.floor(share * 100)}% ${status}`;
}

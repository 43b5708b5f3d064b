import { expect, it } from 'vitest';
import { progressBar } from './progress-bar.ts';

it.each([
  [0, 0, 'Upload', `[${' '.repeat(30)}] 0% Upload`],
  [1, 3, 'Importing', `[${'#'.repeat(10)}${' '.repeat(20)}] 33% Importing`],
  [3, 3, 'Importing', `[${'#'.repeat(30)}] 100% Importing`],
  [4, 3, 'Importing', `[${'#'.repeat(30)}] 100% Importing`],
])('shows %d of %d in %s', (current, count, status, line) => {
  expect(progressBar(current, count, status)).toBe(line);
});

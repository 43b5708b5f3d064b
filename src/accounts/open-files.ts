import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/** Files that an open account holds: its database, the log and the log's index. */
const perAccount = 3;

/** Kept for the process itself: its code, log, lock and port. */
const ownFiles = 64;

/**
 * How many accounts may be open at once, when each is a file: the process may hold so many files, and half of them are
 * for connections.
 * @param wanted what the settings ask for
 */
export function accountsThatFit(wanted: number, limit = fileLimit()): number {
  return Math.max(1, Math.min(wanted, Math.floor((limit - ownFiles) / 2 / perAccount)));
}

/** How many files this process may have open; without end where the system does not say. */
function fileLimit(): number {
  // Node's types lack the switch (documented since 22.0)
  const report: NodeJS.ProcessReport & { excludeNetwork?: boolean } = process.report;
  const { excludeNetwork = false } = report;
  report.excludeNetwork = true; // it would ask name servers
  const { userLimits } = report.getReport() as {
    userLimits?: { open_files?: { soft: number | 'unlimited' } };
  }; // documented in part; Windows has none
  report.excludeNetwork = excludeNetwork;
  return Number(userLimits?.open_files?.soft ?? Number.NaN) || Number.POSITIVE_INFINITY;
}

/** True where the process can't open as many files as an account needs. */
export function lacksFiles(): boolean {
  const opened: number[] = [];
  try {
    for (let i = 0; i < perAccount; i += 1) opened.push(openSync(devNull, 'r'));
    return false;
  } catch (error) {
    return ['EMFILE', 'ENFILE'].includes((error as { code: string }).code); // fs names its errors so
  } finally {
    for (const file of opened) closeSync(file);
  }
}

import type { Account } from '../../accounts/account.ts';
import { appendToFile, beginFile, finishFile } from '../../accounts/data-store.ts';
import { type JsonObject, spaced, writeJson } from '../../lib/json.ts';

/**
 * Appends rejected contacts to a job's JSON error file, made with the first: each as it came, with `Error`. No sample
 * of the file was ever found; that it is an array of these, spaced as the old back end spaces, is assumed.
 * @returns what the progress must remember
 */
export function appendItems(
  account: Account,
  jobId: bigint,
  errorFile: string | undefined,
  items: readonly JsonObject[],
): { errorFile?: string } {
  if (items.length === 0) return {};
  const id =
    errorFile ??
    String(
      beginFile(account, {
        owner: 'batchjob',
        ownerId: jobId,
        kind: 'JSONError',
        mime: 'application/json',
      }),
    );
  const before = errorFile === undefined ? '[' : ', ';
  appendToFile(
    account,
    BigInt(id),
    Buffer.from(before + items.map((item) => writeJson(item, spaced)).join(', ')),
  );
  return { errorFile: id };
}

/** Ends the file, which is not found before it is valid JSON. */
export function endItems(account: Account, errorFile: string): void {
  appendToFile(account, BigInt(errorFile), Buffer.from(']'));
  finishFile(account, BigInt(errorFile));
}

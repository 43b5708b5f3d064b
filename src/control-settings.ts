import * as z from 'zod';
import { bytes, count, type Setting } from './setting.ts';

/** Settings of the control API. */
export const controlSettings = {
  journal: {
    flag: '--journal',
    environment: 'MOCKJET_JOURNAL',
    description: 'Calls that each account keeps a record of; the oldest are dropped above it',
    schema: count(0, 1_000_000).default(1000),
    byDefault: '1000',
  },
  journalBytes: {
    flag: '--journal-bytes',
    environment: 'MOCKJET_JOURNAL_BYTES',
    description: 'Characters that the record of calls of each account has in all',
    schema: bytes.default(64 * 1024 * 1024),
    byDefault: '67108864',
  },
  controlToken: {
    flag: '--control-token',
    environment: 'MOCKJET_CONTROL_TOKEN',
    isSecret: true,
    description: 'Locks the control API: calls must carry it in the header X-Mockjet-Token',
    schema: z
      .string()
      .regex(
        /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/,
        'a text that a header can carry: ASCII, no space at its ends',
      )
      .optional(),
    byDefault: 'open',
  },
} satisfies Record<string, Setting>;

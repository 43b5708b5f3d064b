import * as z from 'zod';
import { closestName } from '../../lib/closest-name.ts';
import { didYouMean } from '../../lib/read-options.ts';
import { allOperations } from '../operations.ts';

/** The name of an operation, in any case. Another would match nothing, and a test would pass for the wrong reason. */
export const operationName = z
  .string()
  .max(300)
  .superRefine((name, context) => {
    const names = allOperations().map(({ operation }) => operation);
    if (names.includes(name.toLowerCase())) return;
    const close = closestName(name, names);
    context.addIssue({
      code: 'custom',
      message: `there is no operation "${name}"; GET coverage lists them${didYouMean(close && `"${close}"`)}`,
    });
  });

import type { z } from 'zod';
import { ControlError } from './control-error.ts';

/** How many faults an answer names. */
const shown = 10;

/** Reads a body by a schema. @throws ControlError 400 that names each wrong part */
export function readBodyAs<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  const more = faults.length > shown ? [`and ${faults.length - shown} more`] : [];
  throw new ControlError(400, [...faults.slice(0, shown), ...more].join('; '));
}

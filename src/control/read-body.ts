import type { z } from 'zod';
import { ControlError } from './control-error.ts';

/** Reads a body by a schema. @throws ControlError 400 that names each wrong part */
export function readBodyAs<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new ControlError(400, faults.join('; '));
}

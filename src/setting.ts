import * as z from 'zod';

/** A setting: its flag, its environment twin, what it does. The README's table is made of this. */
export interface Setting {
  flag: string;
  environment: string;
  description: string;
  schema: z.ZodType;
  /** As the table shows it. */
  byDefault: string;
  /** True for a flag that takes no value. */
  isSwitch?: true;
}

/** A size: less than a kilobyte is a mistake. */
export const bytes = z.coerce.number().int().min(1024);

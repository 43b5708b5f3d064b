import * as z from 'zod';

/** A whole number of an answer, as JSON writes it: IDs are exact to 64 bits. */
export const integer = z.union([z.bigint(), z.number().int()]);

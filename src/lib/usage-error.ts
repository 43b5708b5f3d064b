/** A wrong use: settings, options or arguments that make no sense. */
export class UsageError extends Error {}

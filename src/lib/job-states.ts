/** States that a job does not leave. */
export const endStates: readonly string[] = ['Completed', 'Error', 'Abort'];

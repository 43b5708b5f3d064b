/** The name of forwarded mails among deliveries; a trigger of the migration knows it. */
export const forwardKind = 'forward';

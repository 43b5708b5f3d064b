/** How log, journal, faults and coverage name a mail that comes by SMTP. */
export const smtpCall = { method: 'SMTP', path: '/smtp', operation: 'smtp' };

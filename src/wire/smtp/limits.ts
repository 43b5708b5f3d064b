/** Bytes of the largest mail (recorded). */
export const largestMail = 15_728_640;

/** Limits of a connection; times in milliseconds. */
export interface SmtpLimits {
  connections: number;
  /** assumed: Postfix's own limit */
  recipients: number;
  /** Characters of a line outside of a mail. */
  line: number;
  /** Longest silence. */
  silence: number;
  /** Longest time that one mail may take to come in. */
  mail: number;
  /** How long `close` lets mails that are coming in go on. */
  closing: number;
}

export const smtpLimits: SmtpLimits = {
  connections: 1000,
  recipients: 1000,
  line: 16 * 1024,
  silence: 60_000,
  mail: 300_000,
  closing: 2_000,
};

/**
 * What a template says of itself.
 * @property hasFrom false for one without a sender of its own
 * @property from the address of that sender, '' where it has none
 * @property hasHtml true for one with an HTML part
 * @property wrongHeaders names of headers that hold no text, such as a `sender` object (recorded)
 */
export interface TemplateFacts {
  hasFrom: boolean;
  from: string;
  hasHtml: boolean;
  wrongHeaders: string[];
}

/** What the validation of `/v3.1/send` has to ask the account. */
export interface SendChecks {
  /** Whether mail may come from this address. */
  isSender(email: string): boolean;
  /** Whether a `Sender` property may be used at all. */
  maySetSender(): boolean;
  /** A template's facts; undefined where there is no such template. */
  template(id: bigint): TemplateFacts | undefined;
  isMonitoringCategory(name: string): boolean;
}

import type { Evidence } from '../../lib/evidence.ts';

/** An error of `/v3.1/send` before it has its identifier; names and order are the wire's. */
export interface SendError {
  ErrorCode: string;
  StatusCode: number;
  ErrorMessage: string;
  /** Paths of properties; undefined where production names none. */
  ErrorRelatedTo: string[] | undefined;
}

/**
 * One row of the catalogue.
 * @property scope who fails: the call as a whole (flat body), a message (or Globals), or either
 * @property text with placeholders in brackets; how well it is known tells `evidence`
 */
interface CatalogueRow {
  status: 400 | 403;
  scope: 'call' | 'message' | 'either';
  text: string;
  evidence: Evidence;
}

/**
 * Every error that a body of `/v3.1/send` can meet. Texts marked `assumed` are plain sentences of ours: the codes are
 * documented, nobody has published their words.
 * `mj-0011` is documented for a body that is too large; recorded is an HTML page with 413, which the wire answers.
 */
export const sendErrors = {
  'mj-0002': {
    status: 400,
    scope: 'call',
    text: 'Malformed JSON, please review the syntax and properties types.',
    evidence: 'documented',
  },
  'mj-0003': {
    status: 400,
    scope: 'either',
    text: 'Missing mandatory property.',
    evidence: 'recorded',
  },
  'mj-0004': {
    status: 400,
    scope: 'call',
    text: 'Type mismatch. Expected type "[type]".',
    evidence: 'recorded',
  },
  'mj-0005': {
    status: 400,
    scope: 'message',
    text: 'Value "[value]" is invalid. Allowed values are: [allowed].',
    evidence: 'documented',
  },
  'mj-0006': {
    status: 400,
    scope: 'message',
    text: 'Characters limit exceeded for the property. Max allowed - [number].',
    evidence: 'documented',
  },
  'mj-0007': {
    status: 400,
    scope: 'either',
    text: 'Empty array not allowed.',
    evidence: 'assumed',
  },
  // the end of the text is documented
  'mj-0008': {
    status: 400,
    scope: 'either',
    text: 'Array limit exceeded. Max Allowed item limit is [number].',
    evidence: 'assumed',
  },
  'mj-0012': {
    status: 400,
    scope: 'message',
    text: 'Empty string not allowed.',
    evidence: 'recorded',
  },
  'mj-0013': {
    status: 400,
    scope: 'message',
    text: '"[value]" is an invalid email address.',
    evidence: 'recorded',
  },
  'send-0003': {
    status: 400,
    scope: 'message',
    text: 'At least "HTMLPart", "TextPart" or "TemplateID" must be provided.',
    evidence: 'recorded',
  },
  'send-0004': {
    status: 400,
    scope: 'message',
    text: '"HTMLPart" cannot be used with a template that has an HTML part.',
    evidence: 'assumed',
  },
  'send-0006': {
    status: 403,
    scope: 'message',
    text: 'Your account has no permission to set a "Sender".',
    evidence: 'assumed',
  },
  'send-0007': {
    status: 403,
    scope: 'message',
    text: '"[value]" is not a validated sender of your account.',
    evidence: 'assumed',
  },
  'send-0008': {
    status: 403,
    scope: 'message',
    text: '"[value]" is not an authorized sender email address for your account.',
    evidence: 'reported',
  },
  'send-0010': {
    status: 400,
    scope: 'message',
    text: 'Template id "[value]" doesn\'t exist for your account.',
    evidence: 'recorded',
  },
  'send-0011': {
    status: 400,
    scope: 'message',
    text: 'Header cannot be customized using the "Headers" collection. Please use the dedicated property to set this header.',
    evidence: 'recorded',
  },
  'send-0012': {
    status: 400,
    scope: 'message',
    text: '"DeduplicateCampaign" needs a "CustomCampaign".',
    evidence: 'assumed',
  },
  'send-0013': {
    status: 400,
    scope: 'message',
    text: 'Monitoring category "[value]" is not defined for your account.',
    evidence: 'assumed',
  },
  'send-0015': {
    status: 400,
    scope: 'call',
    text: 'Total number of recipients exceeded. Max allowed - [number].',
    evidence: 'recorded',
  },
  'send-0016': {
    status: 400,
    scope: 'message',
    text: '"TemplateErrorReporting" and "TemplateErrorDeliver" need "TemplateLanguage" set to true.',
    evidence: 'assumed',
  },
  'send-0018': {
    status: 400,
    scope: 'either',
    text: 'Property value cannot be null.',
    evidence: 'recorded',
  },
  'send-0019': {
    status: 400,
    scope: 'message',
    text: 'Wrong type for template header, expected type "string"',
    evidence: 'recorded',
  },
} satisfies Record<string, CatalogueRow>;

export type SendErrorCode = keyof typeof sendErrors;

/**
 * An error by its code.
 * @param relatedTo paths of properties, for `ErrorRelatedTo`
 * @param values what stands for the placeholders of the text, in their order
 */
export function sendError(
  code: SendErrorCode,
  relatedTo?: string[],
  ...values: string[]
): SendError {
  const { status, text } = sendErrors[code];
  let used = 0;
  return {
    ErrorCode: code,
    StatusCode: status,
    // a value may hold brackets itself, so each placeholder is replaced once, in one pass
    ErrorMessage: text.replace(/\[\w+\]/g, (placeholder) => values[used++] ?? placeholder),
    ErrorRelatedTo: relatedTo,
  };
}

/** An error that is none of production's: its code and its words say so. */
export const mockjetError = (message: string): SendError => ({
  ErrorCode: 'mockjet-template',
  StatusCode: 400,
  ErrorMessage: message,
  ErrorRelatedTo: undefined,
});

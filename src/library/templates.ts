import type { ControlClient } from './control-client.ts';

/** What is rendered: parts, or a stored template with these parts in place of its own. */
export interface TemplateToRender {
  /** ID of a template of the account. */
  templateId?: number | bigint | string;
  subject?: string;
  html?: string;
  text?: string;
  /** As `Variables` of a mail. */
  variables?: object;
  /** The address of a contact, or its properties by name. */
  contact?: string | object;
}

/** What is wrong with a template, at the opening braces of an expression. */
export interface TemplateFault {
  /** `subject`, `text` or `html`. */
  part: string;
  /** The expression as it is written. */
  expression: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** Production's text. */
  message: string;
  /** What is wrong and how to mend it, in plain words. */
  hint: string;
}

/** What a template becomes; what failed stays as it is written. */
export interface RenderedTemplate {
  subject: string;
  html: string;
  text: string;
  errors: TemplateFault[];
  /** What production keeps silent about. */
  warnings: { code: string; message: string }[];
}

/** Templates without sending. */
export interface Templates {
  /** Renders as if it were sent. @throws MockjetError 404 where the account has no such template */
  render(template: TemplateToRender): Promise<RenderedTemplate>;
}

export function createTemplates(control: ControlClient): Templates {
  return {
    render({ templateId, ...rest }) {
      const json = templateId === undefined ? rest : { ...rest, templateId: String(templateId) };
      return control.call('POST', '/templates/render', { json });
    },
  };
}

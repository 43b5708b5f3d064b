import type { Account } from '../accounts/account.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Template } from '../templating/compile.ts';
import { renderParts } from '../templating/render-parts.ts';
import type { TemplateWarning } from '../templating/template-error.ts';
import type { Draft, Mailbox, Warning } from './draft.ts';
import { createTemplateCache } from './template-cache.ts';
import { templateInput } from './template-input.ts';

/**
 * What templates may do.
 * @property templateSteps steps of all mails of one call
 * @property templateBytes bytes that a part may become
 * @property templateErrors `fail`: a mail that a template would have blocked is refused
 * @property templateLoops `all`: the rule of 2017, by which a loop that is not reached needs its list too
 */
export interface TemplateSettings {
  templateSteps: number;
  templateBytes: number;
  templateErrors: 'block' | 'fail';
  templateLoops: 'reached' | 'all';
}

/**
 * Renders a draft for a recipient, once: it has no template any more, but errors where there were some.
 * @param contact values of `data:`, in place of those of the recipient
 */
export type RenderDraft = (
  account: Account,
  draft: Draft,
  recipient: Mailbox | undefined,
  contact?: JsonObject,
) => Draft;

/** ID of `error in template language` in messagestate. */
const templateFailed = 18;

const names = { steps: '--template-steps', outputBytes: '--template-bytes' };

/** How many tags one call may have compiled: some tenths of a second of work. */
const mostTags = 100_000;

/** Makes the renderers of a server, one for each call: the mails of a call share its budget. */
export function createRenderer(settings: TemplateSettings): () => RenderDraft {
  const compileTemplate = createTemplateCache();
  return () => {
    const budget = { steps: settings.templateSteps, tags: mostTags };
    return (account, draft, recipient, contact) => {
      const parts = partsOf(draft);
      if (parts.length === 0) return draft;
      const templates = parts.map(({ name, source }) =>
        compileTemplate(source, name, draft.templateLanguage, budget),
      );
      const { texts, errors, warnings, steps } = renderParts(
        templates,
        templateInput(account, draft, recipient, contact),
        {
          steps: budget.steps,
          outputBytes: settings.templateBytes,
          names,
          strictLoops: settings.templateLoops === 'all',
        },
      );
      budget.steps -= steps;
      const isSentAsWritten = errors.length > 0 && draft.templateErrorDeliver;
      const rendered = isSentAsWritten ? draft : withTexts(draft, texts);
      const isBlocked = errors.length > 0 && !draft.templateErrorDeliver;
      return {
        ...rendered,
        templateErrors: errors,
        // documented
        blockedFor: draft.blockedFor ?? (isBlocked ? templateFailed : undefined),
        warnings: [...draft.warnings, ...told(warnings), ...aboutRecipients(draft, templates)],
      };
    };
  };
}

/**
 * What of a draft is a template: without the language only what has one of the older `[[var:x]]` in it; headers with the
 * language alone (assumed).
 */
function partsOf({ subject, text, html, headers, templateLanguage }: Draft) {
  const parts = [
    { name: 'subject', source: subject },
    { name: 'text', source: text },
    { name: 'html', source: html },
  ];
  if (!templateLanguage) return parts.filter(({ source }) => /\[\[(?:var|data):/.test(source));
  const own = headers.map(({ name, value }) => ({ name: `header ${name}`, source: value }));
  return [...parts, ...own].filter(({ source }) => source !== '');
}

/** A value cannot begin another header. */
const inOneLine = (text: string) => text.replace(/[\r\n]+/g, ' ');

function withTexts(draft: Draft, texts: ReadonlyMap<string, string>): Draft {
  return {
    ...draft,
    subject: inOneLine(texts.get('subject') ?? draft.subject),
    text: texts.get('text') ?? draft.text,
    html: texts.get('html') ?? draft.html,
    headers: draft.headers.map(({ name, value }) => ({
      name,
      value: inOneLine(texts.get(`header ${name}`) ?? value),
    })),
  };
}

/** The mail itself warns of braces without the language. */
function told(warnings: readonly TemplateWarning[]): Warning[] {
  return warnings
    .filter(({ code }) => code !== 'language-not-set')
    .map(({ code, part, line, column, message }) => ({
      code: `template-${code}`,
      message: line === undefined ? message : `${part}, line ${line}, column ${column}: ${message}`,
    }));
}

/** A mail is stored once: what differs with the recipient is rendered for the first one. */
function aboutRecipients({ to, cc, bcc }: Draft, templates: readonly Template[]): Warning[] {
  const isPersonal = templates.some(
    ({ used }) => used.data.length > 0 || used.mj.length > 0 || used.segment.length > 0,
  );
  if (!isPersonal || to.length + cc.length + bcc.length < 2) return [];
  return [
    {
      code: 'template-first-recipient',
      message:
        'The mail has several recipients, and its template names data of the contact: Mockjet shows it as the first one gets it.',
    },
  ];
}

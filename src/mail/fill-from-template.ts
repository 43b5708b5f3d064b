import type { Account } from '../accounts/account.ts';
import { readAddressList } from './address-list.ts';
import type { Draft, Mailbox, Warning } from './draft.ts';
import { readTemplate, templateHeader, wrongHeaders } from './stored-template.ts';

type Stored = NonNullable<ReturnType<typeof readTemplate>>;

/** ID of `bad or empty template` in messagestate. */
const badTemplate = 17;

/**
 * Gives drafts what they leave to their template: subject, sender, Reply-To (documented: those of the message win) and
 * parts. One whose template is not there, or empty, is blocked for it (reported), which its sender is not told.
 */
export function fillFromTemplates(account: Account, drafts: readonly Draft[]): Draft[] {
  const read = new Map<bigint | string, Stored | undefined>();
  return drafts.map((draft) => {
    const { template } = draft;
    if (template === undefined) return draft;
    if (!read.has(template)) read.set(template, readTemplate(account, template));
    return filled(draft, read.get(template));
  });
}

function filled(draft: Draft, stored: Stored | undefined): Draft {
  if (stored === undefined)
    return blocked(
      draft,
      `There is no template ${shown(draft)}: GET /v3/REST/template lists them.`,
    );
  const { text, html, mjml, headers } = stored;
  if (!text && !html && mjml === null && draft.text === '' && draft.html === '')
    return blocked(draft, `Template ${shown(draft)} is empty: POST its detailcontent.`);
  const from = draft.from.email === '' ? templateSender(stored, draft.from.name) : draft.from;
  const [replyTo] = readAddressList(templateHeader(headers, 'Reply-To') ?? '');
  return {
    ...draft,
    from,
    replyTo: draft.replyTo ?? replyTo,
    subject: draft.subject || templateHeader(headers, 'Subject') || '',
    ...partsOf(draft, stored),
    warnings: [...draft.warnings, ...warningsOf(draft, stored)],
  };
}

/**
 * assumed: a part of the message's own wins, like its subject; by SMTP, where a mail cannot be without, the template's.
 */
function partsOf({ source, text, html }: Draft, stored: Stored): Pick<Draft, 'text' | 'html'> {
  const ofTemplate = { text: stored.text ?? '', html: stored.html ?? '' };
  const isSmtp = source === 'smtp' && ofTemplate.text + ofTemplate.html !== '';
  return isSmtp ? ofTemplate : { text: text || ofTemplate.text, html: html || ofTemplate.html };
}

const shown = ({ template }: Draft) => (typeof template === 'string' ? `"${template}"` : template);

function blocked(draft: Draft, message: string): Draft {
  const warning = {
    code: 'template-bad-or-empty',
    message: `${message} Production answers success all the same, and blocks the mail.`,
  };
  return { ...draft, blockedFor: badTemplate, warnings: [...draft.warnings, warning] };
}

/**
 * Who sends a template's mails; documented: `From` is an address, with its name, or a name beside SenderEmail.
 * @param name of the message's own, which wins
 */
export function templateSender({ headers }: Stored, name = ''): Mailbox {
  const from = templateHeader(headers, 'From') ?? '';
  const [mailbox] = from.includes('@') ? readAddressList(from) : [];
  const email = mailbox?.email ?? templateHeader(headers, 'SenderEmail') ?? '';
  const own = mailbox?.name || templateHeader(headers, 'SenderName') || '';
  return { email, name: name || own || (mailbox === undefined ? from : '') };
}

function warningsOf(draft: Draft, { html, mjml, headers }: Stored): Warning[] {
  const warnings: Warning[] = [];
  const wrong = wrongHeaders(headers);
  if (wrong.length > 0)
    warnings.push({
      code: 'template-wrong-headers',
      message: `Headers of the template are no texts: ${wrong.slice(0, 10).join(', ')}. With AdvanceErrorHandling production refuses the mail (send-0019): clean the headers of its detailcontent.`,
    });
  if (!html && mjml !== null && draft.html === '')
    warnings.push({
      code: 'template-mjml-only',
      message:
        'The template has MJMLContent and no Html-part: production sends no HTML then. Render the MJML yourself and post the Html-part.',
    });
  if (html && draft.html !== '' && draft.source !== 'smtp')
    warnings.push({
      code: 'template-html-twice',
      message:
        'Mail and template both have HTML: that of the mail was taken. With AdvanceErrorHandling production refuses it (send-0004).',
    });
  return warnings;
}

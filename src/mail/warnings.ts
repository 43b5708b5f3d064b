import type { Draft, Mailbox, Warning } from './draft.ts';
import { isOwnHeader } from './mime-headers.ts';
import { scanHtml } from './scan-html.ts';

/** Most warnings of one kind where each names something. */
const most = 10;

/**
 * What production keeps silent about and a draft alone can tell. What concerns the names in a body (`unknown-key`,
 * `key-case`, `v31-names-in-v3`) its reader has told already; what needs the account is told when the mail is taken.
 */
export function draftWarnings(draft: Draft): Warning[] {
  return [
    ...aboutLanguage(draft),
    ...aboutParts(draft),
    ...aboutInline(draft),
    ...aboutRecipients(draft),
    ...aboutHeaders(draft),
  ];
}

/** reported: the mail goes out with the braces in it */
function aboutLanguage({ source, templateLanguage, subject, text, html }: Draft): Warning[] {
  if (templateLanguage || ![subject, text, html].some((part) => /\{\{|\{%/.test(part))) return [];
  const name =
    source === 'v3.1'
      ? '"TemplateLanguage": true'
      : source === 'v3'
        ? '"Mj-TemplateLanguage": true'
        : 'the header "X-MJ-TemplateLanguage: 1"';
  return [
    {
      code: 'template-language-forgotten',
      message: `The text has {{ or {% in it, which is sent as it stands: only ${name} has it evaluated.`,
    },
  ];
}

function aboutParts({ text, html, template }: Draft): Warning[] {
  if (template !== undefined || text !== '') return [];
  if (html === '') return [{ code: 'no-content', message: 'The mail has neither text nor HTML.' }];
  return [
    {
      code: 'no-text-part',
      message:
        'The mail has HTML but no text part: some readers show nothing, and filters like it less.',
    },
  ];
}

function aboutInline({ html, attachments, template }: Draft): Warning[] {
  const used = /cid:/i.test(html) ? usedContentIds(html) : new Set<string>();
  const inline = attachments.filter(({ isInline }) => isInline);
  const known = new Set(inline.map(({ contentId }) => contentId));
  const missing = [...used]
    .filter((id) => !known.has(id))
    .map((id) => ({
      code: 'cid-without-attachment',
      message: `The HTML shows "cid:${id}", and no inline attachment has that ContentID.`,
    }));
  // a template may show what the HTML of the mail does not
  const unused = (template === undefined ? inline : [])
    .filter(({ contentId }) => !used.has(contentId))
    .map(({ filename, contentId }) => ({
      code: 'inline-attachment-unused',
      message: `The inline attachment "${filename}" is nowhere in the HTML: "cid:${contentId}" would show it.`,
    }));
  return [...missing.slice(0, most), ...unused.slice(0, most)];
}

/** The Content-IDs that attributes and styles of HTML name. */
function usedContentIds(html: string): Set<string> {
  const found = new Set<string>();
  scanHtml(html, {
    open(_name, attributes) {
      for (const value of attributes.values()) {
        for (const [, id = ''] of value.matchAll(/\bcid:([^\s"'()<>,;]{1,255})/gi))
          found.add(decoded(id));
      }
    },
    close() {},
    text() {},
  });
  return found;
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** recorded: each repetition is a message of its own */
function aboutRecipients({ to, cc, bcc }: Draft): Warning[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { email } of [...to, ...cc, ...bcc] satisfies Mailbox[]) {
    const key = email.toLowerCase();
    if (seen.has(key)) twice.add(email);
    seen.add(key);
  }
  return [...twice].slice(0, most).map((email) => ({
    code: 'recipient-twice',
    message: `"${email}" is a recipient more than once, and gets a message each time.`,
  }));
}

/** Headers that the MIME message cannot carry as they are: `mime-headers.ts` leaves them out. */
function aboutHeaders({ headers }: Draft): Warning[] {
  return headers
    .filter(({ name }) => !isOwnHeader(name))
    .slice(0, most)
    .map(({ name }) => ({
      code: 'header-left-out',
      message: `The header ${JSON.stringify(name.slice(0, 60))} is not in the MIME message: it is no name of a header, or one that belongs to the message itself.`,
    }));
}

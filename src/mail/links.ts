import { scanHtml } from './scan-html.ts';

/** A link and the text that a reader clicks; for an address in plain text, the address itself. */
export interface Link {
  href: string;
  text: string;
}

const mostLinks = 1000;
const longestText = 500;
/** Longest plain text that is searched. */
const longestSearched = 5_000_000;

/** The links of a mail in their order, those of the HTML first; the same address with the same text comes once. */
export function findLinks({ html, text }: { html: string; text: string }): Link[] {
  const seen = new Set<string>();
  const isNew = ({ href, text: label }: Link) => {
    const key = JSON.stringify([href, label]);
    return !seen.has(key) && seen.add(key);
  };
  return [...htmlLinks(html), ...textLinks(text)].filter(isNew).slice(0, mostLinks);
}

/** `a` and `area` with an address; one within the page (`#top`) leads nowhere. */
function htmlLinks(html: string): Link[] {
  const links: Link[] = [];
  let open: Link | undefined;
  let alt = '';
  const end = () => {
    if (open === undefined) return;
    const label = collapse(open.text) || collapse(alt);
    links.push({ href: open.href, text: label });
    open = undefined;
  };
  scanHtml(html, {
    open(name, attributes) {
      const label = attributes.get('alt') ?? '';
      if (name === 'img' && open !== undefined) alt = (alt + label).slice(0, longestText);
      if (name !== 'a' && name !== 'area') return;
      end();
      const href = attributes.get('href')?.trim() ?? '';
      if (href === '' || href.startsWith('#') || links.length >= mostLinks) return;
      open = { href, text: name === 'area' ? label : '' };
      alt = '';
      if (name === 'area') end();
    },
    close(name) {
      if (name === 'a') end();
      else if (open !== undefined && open.text.length < longestText) open.text += ' ';
    },
    text(text) {
      if (open !== undefined && open.text.length < longestText) open.text += text;
    },
  });
  end();
  return links;
}

function textLinks(text: string): Link[] {
  const links: Link[] = [];
  for (const [found] of text.slice(0, longestSearched).matchAll(/\bhttps?:\/\/[^\s<>"'`]+/gi)) {
    const href = withoutPunctuation(found);
    links.push({ href, text: href });
    if (links.length >= mostLinks) break;
  }
  return links;
}

/** A sentence's own signs do not belong to the address in it; a closing bracket does when it was opened there. */
function withoutPunctuation(found: string): string {
  let end = found.length;
  while (/[.,;:!?*_]/.test(found[end - 1] ?? '')) end -= 1;
  const last = found[end - 1];
  const opener = last === ')' ? '(' : last === ']' ? '[' : last === '}' ? '{' : undefined;
  if (opener === undefined || found.slice(0, end).includes(opener)) return found.slice(0, end);
  return found.slice(0, end - 1);
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, longestText);
}

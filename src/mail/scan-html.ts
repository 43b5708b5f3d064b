import { Tokenizer } from 'htmlparser2';

/** What a scan of HTML tells, in the order of the document. Names are in lower case. */
export interface HtmlEvents {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  close(name: string): void;
  /** Text between tags, entities decoded; not that of styles, scripts and the title. */
  text(text: string): void;
}

/** Elements whose text no reader of the mail sees. */
const unseen = new Set(['script', 'style', 'title']);
/** Longest HTML that is looked at; the rest of a longer one is left out. */
const longest = 5_000_000;
const mostAttributes = 50;

/**
 * Tells tags and texts of HTML by htmlparser2's tokenizer: it keeps no tree and no stack, so that time and memory stay
 * linear for any input, which those of its parser do not.
 */
export function scanHtml(given: string, events: HtmlEvents): void {
  const html = given.slice(0, longest);
  let name = '';
  let attribute = '';
  let value = '';
  let attributes = new Map<string, string>();
  let hidden = '';
  const opened = () => {
    events.open(name, attributes);
    if (hidden === '' && unseen.has(name)) hidden = name;
  };
  const text = (piece: string) => {
    if (hidden === '') events.text(piece);
  };
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname(start, end) {
        name = html.slice(start, end).toLowerCase();
        attributes = new Map();
      },
      onattribname(start, end) {
        attribute = html.slice(start, end).toLowerCase();
        value = '';
      },
      onattribdata(start, end) {
        value += html.slice(start, end);
      },
      onattribentity(code) {
        value += String.fromCodePoint(code);
      },
      onattribend() {
        // the first of a name counts, as in a browser
        if (!attributes.has(attribute) && attributes.size < mostAttributes)
          attributes.set(attribute, value);
      },
      onopentagend: opened,
      onselfclosingtag: opened,
      onclosetag(start, end) {
        const closed = html.slice(start, end).toLowerCase();
        if (closed === hidden) hidden = '';
        events.close(closed);
      },
      ontext: (start, end) => text(html.slice(start, end)),
      ontextentity: (code) => text(String.fromCodePoint(code)),
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}

function nothing(): void {}

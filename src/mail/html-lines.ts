import { scanHtml } from './scan-html.ts';

/** Elements that stand within a line. */
const inline = new Set([
  ...['a', 'abbr', 'acronym', 'b', 'bdi', 'bdo', 'big', 'cite', 'code', 'del', 'em', 'font', 'i'],
  ...['img', 'ins', 'kbd', 'mark', 'o:p', 'q', 's', 'samp', 'small', 'span', 'strike', 'strong'],
  ...['sub', 'sup', 'tt', 'u', 'var', 'wbr'],
]);
const cells = new Set(['td', 'th']);

/** The text that a reader of HTML sees: a line for each block, a blank between the cells of a table. */
export function htmlLines(html: string): string {
  const pieces: string[] = [];
  const separate = (name: string) => {
    if (!inline.has(name)) pieces.push(cells.has(name) ? ' ' : '\n');
  };
  scanHtml(html, {
    open: separate,
    close: separate,
    // a line break of the source is a blank to a reader
    text: (text) => pieces.push(text.replace(/\s/g, ' ')),
  });
  return pieces.join('');
}

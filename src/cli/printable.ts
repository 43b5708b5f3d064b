/** A text of somebody else's as a terminal may show it: what could steer the terminal is a blank; tabs and line breaks stay. */
export const printable = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, ' ');

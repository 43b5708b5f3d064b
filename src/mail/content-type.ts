/** The media type of an attachment in lower case, without parameters; undefined for what is none. */
export function mediaType(contentType: string): string | undefined {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isOne = /^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/.test(type);
  return isOne ? type : undefined;
}

/** The type of what has none. */
export const anyBytes = 'application/octet-stream';

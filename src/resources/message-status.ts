/** Statuses by their numbers in the filter MessageStatus (its ends documented, the middle follows the names). */
const numbered = [
  ...['processed', 'queued', 'sent', 'opened', 'clicked', 'bounce', 'spam', 'unsub', 'blocked'],
  ...['hardbounced', 'softbounced', 'deferred'],
];
/** True for a status, by its number or name. */
export function isMessageStatus(word: string): boolean {
  const name = word.trim().toLowerCase();
  return numbered.includes(name) || numbered[Number(name)] !== undefined;
}

/** More than all numbers and names. */
const most = 30;

/** The statuses that a filter's text names, numbers or names behind commas, as a JSON array. */
export function messageStatuses(text: string): string {
  const wanted = text.split(',', most).flatMap((part) => {
    const name = numbered[Number(part.trim())] ?? part.trim().toLowerCase();
    // assumed: a bounce is either kind of it
    return name === 'bounce' ? ['bounce', 'hardbounced', 'softbounced'] : [name];
  });
  return JSON.stringify(wanted);
}

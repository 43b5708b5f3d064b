/** Why a message did not arrive, by its ID in `messagestate` less one (documented; the view of the migration says the same). */
export const messageStates = [
  ...['user unknown', 'mailbox inactive', 'quota exceeded', 'invalid domain', 'no mail host'],
  ...['relay/access denied', 'sender blocked', 'content blocked', 'policy issue', 'system issue'],
  ...['protocol issue', 'connection issue', 'greylisted', 'preblocked', 'duplicate in campaign'],
  ...['spam preblocked', 'bad or empty template', 'error in template language', 'typofix'],
  ...['blacklisted', 'spam reporter'],
];

/** The ID of a reason; 0 for what is none. */
export function stateId(reason: string): number {
  return messageStates.indexOf(reason.toLowerCase()) + 1;
}

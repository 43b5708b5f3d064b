/**
 * The operations that each recorded session exercises, by its file in the folder of recordings. A declaration may
 * call itself `recorded` for these and for those of the cassettes; a test compares the list with the files.
 */
export const recordedOperations: Record<string, string[]> = {
  'recordings/export-session.json': [
    'contact create',
    'contact get',
    'contact getcontactslists get',
    'contactdata get',
    'contactdata update',
    'contacts delete',
    'contactslist create',
    'contactslist list',
    'contactslist managecontact post',
    'contactslist remove',
  ],
  'recordings/property-definitions.json': ['contactmetadata list'],
  // the body of an answer alone
  'wire/metadata.json': ['metadata list'],
};

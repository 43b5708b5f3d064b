import type { Resource } from '../engine/resource.ts';
import { apikey } from './apikey.ts';
import { batchjob } from './batchjob.ts';
import { campaign } from './campaign.ts';
import { contact } from './contact/contact.ts';
import { contactdata } from './contactdata.ts';
import { contactfilter } from './contactfilter.ts';
import { contacthistorydata } from './contacthistorydata.ts';
import { contactmetadata } from './contactmetadata.ts';
import { contactslist } from './contactslist/contactslist.ts';
import { contactslistsignup } from './contactslistsignup.ts';
import { csvimport } from './csvimport.ts';
import { dns } from './dns.ts';
import { eventcallbackurl } from './eventcallbackurl.ts';
import { listrecipient } from './listrecipient.ts';
import { message } from './message.ts';
import { messagehistory } from './messagehistory.ts';
import { messageinformation } from './messageinformation.ts';
import { messagestate } from './messagestate.ts';
import { declareMetadata } from './metadata.ts';
import { metasender } from './metasender.ts';
import { myprofile } from './myprofile.ts';
import { preferences } from './preferences.ts';
import { sender } from './sender/sender.ts';
import { template } from './template/template.ts';
import { user } from './user.ts';

/** Every resource that Mockjet serves, in the order of production's metadata. */
export const resources: readonly Resource[] = [
  apikey,
  batchjob,
  campaign,
  contact,
  contactdata,
  contactfilter,
  contacthistorydata,
  contactmetadata,
  contactslist,
  contactslistsignup,
  csvimport,
  dns,
  eventcallbackurl,
  listrecipient,
  message,
  messagehistory,
  messageinformation,
  messagestate,
  declareMetadata(() => resources),
  metasender,
  myprofile,
  preferences,
  sender,
  template,
  user,
];

const byName = new Map(resources.map((resource) => [resource.name, resource]));

/** A resource by its name in any case. */
export function findResource(name: string): Resource | undefined {
  return byName.get(name.toLowerCase());
}

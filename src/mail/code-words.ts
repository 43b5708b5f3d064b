/** Words that announce a code, as they stand in a text; the list is of our own choice. */
const announcing =
  /^(?:[\p{L}\d-]{0,30}code|codes|otps?|pin|pins|passcodes?|one-time|passwords?|passwort|kennwort|tan|mtan|token|kod|kode|c[oó]digo|codice|c[oó]d|clave)$/iu;
const otherCodes = /^(?:post|zip|bar|qr|uni|en|de|op|source|byte|error|status)code$/i;
/** Before `code`: one that nobody has to type in. */
const otherKinds =
  /^(?:zip|postal|post|area|country|dial(?:l?ing)?|error|status|exit|source|product|bar|qr|dress|promo|promotion(?:al)?|discount|coupon|voucher|gift|referral|order|tracking|booking|currency)$/i;

/** Words that announce another number: an order's, a customer's, a telephone's, a place's. */
const otherNumbers =
  /^(?:orders?|order-?id|invoice|receipt|bill|bestell\w{0,20}|auftrag\w{0,20}|rechnung\w{0,20}|commande|facture|pedido|factura|ref|reference|confirmation|ticket|case|tracking|shipment|parcel|booking|reservation|flight|room|gate|customer|kunden\w{0,20}|client|member|account|konto\w{0,20}|user|id|article|item|sku|product|po|p\.o|box|zip|plz|tel|telephone|telefon|phone|mobile|fax|call|sms|since|in|copyright|©|\(c\)|year|version|build|suite|apt)$/i;
/** Words that stand between a code and what announces it. */
const filler =
  /^(?:is|are|was|no|nr|n°|nº|num|number|nummer|numéro|numero|#|-|–|—|:|=|est|ist|lautet|es|è|här|the|following|below|your|this)$/i;
const currencies = /^(?:€|\$|£|¥|eur|euros?|usd|gbp|chf|dollars?|pounds?|jpy|cad|aud|%)$/i;
/** In a sentence that asks to type something in, although it does not call it a code. */
const asking =
  /^(?:enter|use|type|verify|verification|verifying|sign|signing|log|login|logging|authenticate|security|one-time|expires?)$/i;

/** A word without the signs around it: `"482913".` is `482913`. */
export function bare(word: string): string {
  return word.replace(/^[("'“”‘’«»„[{<*_>:]{1,9}/, '').replace(/[)"'“”‘’«»\]}>*_.,;:!?]{1,9}$/, '');
}

export const isFiller = (word: string): boolean => word === '' || filler.test(word);
export const isOtherNumber = (word: string): boolean => otherNumbers.test(word);
export const isCurrency = (word: string): boolean => currencies.test(word);
export const isAsking = (word: string): boolean => asking.test(word);

/** Whether a word announces a code, after the word before it: `login code` does, `zip code` does not. */
export function isAnnouncing(word: string, before: string): boolean {
  if (!announcing.test(word) || otherCodes.test(word)) return false;
  return !(/code/i.test(word) && otherKinds.test(before));
}

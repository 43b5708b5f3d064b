/**
 * Reads the header `X-MJ-TemplateLanguage` of a mail by SMTP: `1` asks for the language (documented). Other values are
 * taken as off (assumed), and told.
 */
export function languageHeader(value: string): { isOn: boolean; warning: string | undefined } {
  const text = value.trim();
  if (text === '1') return { isOn: true, warning: undefined };
  if (text === '' || text === '0') return { isOn: false, warning: undefined };
  return {
    isOn: false,
    warning: `X-MJ-TemplateLanguage is "${text.slice(0, 60)}": write "X-MJ-TemplateLanguage: 1", no other value has the language evaluated.`,
  };
}

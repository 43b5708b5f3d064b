import type { Account } from '../accounts/account.ts';
import type { Draft } from './draft.ts';
import { fillFromTemplates } from './fill-from-template.ts';
import type { RenderDraft } from './render-draft.ts';

/** Whose words they are, and what makes Mockjet say them: production takes such a mail and blocks it. */
const whose = 'Mockjet refuses what production would block (--template-errors fail)';

/** Why the templates of drafts would have them blocked, a sentence each; [] for a draft that would go out. */
export function templateRefusals(
  account: Account,
  drafts: readonly Draft[],
  render: RenderDraft,
): string[][] {
  return fillFromTemplates(account, drafts).map((draft) => {
    if (draft.blockedFor !== undefined)
      return [`${whose}: ${draft.warnings.at(-1)?.message ?? 'the template is bad or empty'}`];
    const { blockedFor, templateErrors } = render(account, draft, draft.to[0]);
    if (blockedFor === undefined) return [];
    return templateErrors.map(
      ({ part, line, column, message, hint }) =>
        `${whose}: ${part}, line ${line}, column ${column}: ${message}: ${hint}`,
    );
  });
}

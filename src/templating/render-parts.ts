import type { Template } from './compile.ts';
import { defaultSteps, type RenderInput, type RenderLimits } from './run.ts';
import { closest } from './syntax-hints.ts';
import { mostNotes, type TemplateError, type TemplateWarning } from './template-error.ts';
import { given } from './values.ts';

/**
 * A mail's parts, rendered together.
 * @property texts of each part, by its name
 * @property warnings those of the parts, and variables that none of them uses
 * @property steps how many were taken
 */
export interface RenderedParts {
  texts: Map<string, string>;
  errors: TemplateError[];
  warnings: TemplateWarning[];
  steps: number;
}

/** Renders the parts of one mail with the same input. They share the steps; each may be as long as allowed. */
export function renderParts(
  templates: readonly Template[],
  input: RenderInput,
  limits: RenderLimits = {},
): RenderedParts {
  const texts = new Map<string, string>();
  const errors: TemplateError[] = [];
  const warnings: TemplateWarning[] = [];
  const most = limits.steps ?? defaultSteps;
  let left = most;
  for (const template of templates) {
    const rendered = template.render(input, { ...limits, steps: left });
    left -= rendered.steps;
    texts.set(template.part, rendered.text);
    errors.push(...rendered.errors);
    warnings.push(...rendered.warnings);
  }
  warnings.push(...unusedVariables(templates, input.variables));
  return { texts, errors, warnings, steps: most - left };
}

/** Variables that were given and that no part refers to; their names may differ in case from those used. */
function unusedVariables(
  templates: readonly Template[],
  variables: object | undefined,
): TemplateWarning[] {
  const used = [...new Set(templates.flatMap((template) => template.used.var))];
  const lower = new Set(used.map((name) => name.toLowerCase()));
  const names = new Set(Object.keys(variables ?? {}));
  const missing = used.filter((name) => !names.has(name));
  return Object.entries(variables ?? {})
    .filter(([name, value]) => !lower.has(name.toLowerCase()) && given(value) !== undefined)
    .slice(0, mostNotes)
    .map(([name]) => {
      const near = closest(name, missing);
      const meant = near === undefined ? '' : ` {{var:${near}}} is used, and is not given.`;
      return {
        part: 'variables',
        code: 'unused-variable',
        message: `The variable "${name.slice(0, 100)}" is given and nowhere used.${meant}`,
      };
    });
}

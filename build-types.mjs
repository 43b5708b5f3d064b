// Writes the type declarations of the package's entries and of what they name: for ES modules (.d.ts) and for
// CommonJS (.d.cts). Each file is declared by itself, so that nothing of the server's insides gets in.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const compilerOptions = {
  declaration: true,
  isolatedDeclarations: true,
  verbatimModuleSyntax: true,
};
const imported = /(from ')([^']+)(')/g;
const forItsEffect = /^import '[^']+';\n/gm;
const allowed = ['vitest'];

/** @throws Error that names a type which would need another package, or an export without a type */
export async function writeTypes(entries, folder) {
  const files = new Set(entries);
  for (const file of files) {
    const { outputText: declared, diagnostics = [] } = ts.transpileDeclaration(
      await readFile(file, 'utf8'),
      {
        fileName: file,
        compilerOptions,
        reportDiagnostics: true,
      },
    );
    if (diagnostics.length > 0)
      throw new Error(
        `${file}: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, ' ')}`,
      );
    const outputText = declared.replace(forItsEffect, '');
    for (const [, , target] of outputText.matchAll(imported)) {
      if (target.startsWith('.')) files.add(join(dirname(file), target));
      else if (!allowed.includes(target))
        throw new Error(`${file}: its types would need ${target}`);
    }
    const path = join(folder, relative('src', file));
    await mkdir(dirname(path), { recursive: true });
    for (const kind of ['js', 'cjs']) {
      const text = outputText.replace(imported, (all, before, target, after) =>
        target.startsWith('.') ? `${before}${target.replace(/ts$/, kind)}${after}` : all,
      );
      await writeFile(path.replace(/ts$/, kind === 'js' ? 'd.ts' : 'd.cts'), text);
    }
  }
}

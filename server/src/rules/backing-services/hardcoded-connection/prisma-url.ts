import type { Span } from '../../../base/span';
import { combineChanges, fileEdit, replacement } from '../../../engine/edits/edits';
import type { Fix } from '../../../engine/finding';
import { documentInExample, keepValueLocally } from '../../../fixes/files/example-file';
import type { ProjectModel } from '../../../project/model';

/**
 * The fix that lets a Prisma schema read a URL from the environment (`DATABASE_URL`), where Prisma then requires it.
 * @param span the URL with its quotes
 */
export function prismaUrlFix(model: ProjectModel, path: string, span: Span): Fix {
  return {
    id: 'env-required',
    kind: 'suggest',
    title: 'Read the URL from the environment',
    build: () => {
      const text = model.files.text(path) ?? '';
      const lineStart = text.lastIndexOf('\n', span.start) + 1;
      const name = NAMES[/^\s*(\w+)/.exec(text.slice(lineStart))?.[1] ?? ''] ?? 'DATABASE_URL';
      const value = text.slice(span.start + 1, span.end - 1);
      // The schema belongs to the package around it.
      const variable = { name, value, isSecret: /:\/\/[^/:]*:[^/]*@/.test(value) };
      return combineChanges(
        [fileEdit(path, [replacement(span, `env("${name}")`)])],
        documentInExample(model, path, variable),
        keepValueLocally(model, path, variable),
      );
    },
  };
}

const NAMES: Readonly<Record<string, string>> = {
  url: 'DATABASE_URL',
  directUrl: 'DIRECT_URL',
  shadowDatabaseUrl: 'SHADOW_DATABASE_URL',
};

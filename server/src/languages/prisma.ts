import type { Span } from '../base/span';

/** The `url` of a datasource in a Prisma schema, written as a string. */
export interface PrismaUrl {
  readonly provider: string;
  readonly value: string;
  /** Quotes included. */
  readonly span: Span;
}

/**
 * The URLs that a Prisma schema has as strings; `env("…")` is none.
 * @param text the schema's text
 */
export function prismaUrls(text: string): readonly PrismaUrl[] {
  return [...text.matchAll(DATASOURCE)].flatMap((block) => {
    const [, body = ''] = block;
    const provider = /^[ \t]*provider\s*=\s*"([^"]*)"/m.exec(body)?.[1] ?? '';
    const offset = block.index + block[0].indexOf('{') + 1;
    return [...body.matchAll(URL_LINE)].map((line): PrismaUrl => {
      const [, before = '', value = ''] = line;
      const start = offset + line.index + before.length;
      return { provider, value, span: { start, end: start + value.length + 2 } };
    });
  });
}

/** The variable that a Prisma schema takes its database from. */
export interface PrismaVariable {
  readonly provider: string;
  /** `env("DATABASE_URL")` as written. */
  readonly span: Span;
}

/** The `url` of datasources that is read from the environment. */
export function prismaVariables(text: string): readonly PrismaVariable[] {
  return [...text.matchAll(DATASOURCE)].flatMap((block) => {
    const [, body = ''] = block;
    const provider = /^[ \t]*provider\s*=\s*"([^"]*)"/m.exec(body)?.[1] ?? '';
    const line = /^([ \t]*url\s*=\s*)(env\("[^"]*"\))/m.exec(body);
    if (!line) return [];
    const start = block.index + block[0].indexOf('{') + 1 + line.index + (line[1] ?? '').length;
    return [{ provider, span: { start, end: start + (line[2] ?? '').length } }];
  });
}

const URL_LINE = /^([ \t]*(?:url|directUrl|shadowDatabaseUrl)\s*=\s*)"([^"]*)"/gm;

const DATASOURCE = /^[ \t]*datasource\s+\w+\s*\{([^{}]*)\}/gm;

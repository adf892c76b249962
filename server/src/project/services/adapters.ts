import { wordsOf } from '../../base/words';
import { ADAPTERS, type AdapterKind, type Adapters } from '../../vocabulary/adapters';
import { FILE_DATABASES, SERVER_DRIVERS } from '../../vocabulary/drivers';
import type { BranchSide } from './branches';

/** What a side of a choice uses. */
interface Uses {
  readonly remote: boolean;
  readonly local: boolean;
}

/**
 * The kind of service that a choice decides about: one side has an adapter for this machine or process, another one for a service
 * of the same kind, and neither has both.
 * @param sides of the choice
 * @param name what gets the value: a `store` that is left out stands for memory
 */
export function localOrRemote(
  sides: readonly BranchSide[],
  name: string | undefined,
): AdapterKind | undefined {
  const texts = sides.map(({ names }) =>
    names.map((each) => wordsOf(each.replace(/^new\s*/, 'new ')).join(' ')),
  );
  for (const kind of ['storage', 'mail', 'cache', 'queue'] as const) {
    const used = sides.map((side, index) => usesOf(side, texts[index] ?? [], kind, name));
    const isLocal = used.some(({ remote, local }) => local && !remote);
    const isRemote = used.some(({ remote, local }) => remote && !local);
    if (isLocal && isRemote) return kind;
  }
  return undefined;
}

function usesOf(
  { isEmpty }: BranchSide,
  texts: readonly string[],
  kind: AdapterKind,
  name: string | undefined,
): Uses {
  const { remote, local, localPair } = ADAPTERS[kind];
  const pair = localPair && pairPattern(localPair);
  const isLocal = (text: string): boolean =>
    local?.isIn(text) === true || pair?.test(text) === true;
  const isMemory = (text: string): boolean => kind === 'cache' && text === 'new map';
  return {
    remote: texts.some((text) => remote.isIn(text)),
    local:
      texts.some((text) => isLocal(text) || isMemory(text)) ||
      (isEmpty && kind === 'cache' && /^(store|adapter|sessionStore|cacheStore)$/.test(name ?? '')),
  };
}

function pairPattern({ first, second, gap }: NonNullable<Adapters['localPair']>): RegExp {
  const any = (words: string): string => words.replaceAll(' ', '|').replaceAll('-', ' ?');
  const between = gap === true ? '( [a-z]+)?' : '';
  return new RegExp(`(^| )(${any(first)})${between} (${any(second)})( |$)`);
}

/** `:memory:`, `sqlite:data.db`, `data/app.sqlite`. */
const FILE_SHAPE = /^(:memory:|sqlite:.*|.*\.(sqlite3?|db))$/i;
const SERVER_SHAPE = /^(postgres(ql)?|mysql|mariadb|mssql|mongodb(\+srv)?):\/\/.*$/i;

function isFile(text: string): boolean {
  return FILE_DATABASES.has(text.toLowerCase()) || FILE_SHAPE.test(text);
}

function isServer(text: string): boolean {
  return SERVER_DRIVERS.has(text.toLowerCase()) || SERVER_SHAPE.test(text);
}

/** Does one of the sides keep its data in a file or in memory, and another in a database server? */
export function fileOrServer(sides: readonly (readonly string[])[]): boolean {
  const used = sides.map((strings) => ({
    file: strings.some(isFile),
    server: strings.some(isServer),
  }));
  return (
    used.some(({ file, server }) => file && !server) &&
    used.some(({ file, server }) => server && !file)
  );
}

/** Is a driver one that keeps its data in a file or in memory (`file`), or in a database server? */
export function driverFamily(driver: string): 'file' | 'server' | undefined {
  if (isFile(driver)) return 'file';
  return isServer(driver) ? 'server' : undefined;
}

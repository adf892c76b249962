// The process map as a tree; without VS Code, so that it can be tested by itself.
import type { FolderMap } from '../../../server/src/protocol';

type Package = FolderMap['packages'][number];
type Process = Package['processes'][number];

/** A folder's map, with the name that the workspace gives it. */
export interface NamedMap extends FolderMap {
  readonly name: string;
}

export interface MapNode {
  readonly kind:
    | 'folder'
    | 'app'
    | 'process'
    | 'entry'
    | 'command'
    | 'port'
    | 'service'
    | 'signal'
    | 'variables'
    | 'variable'
    | 'evidence'
    | 'reason'
    | 'others'
    | 'package';
  /** Names it among all nodes. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What opens; lines from 1. */
  readonly place?: { readonly folder: string; readonly path: string; readonly line: number };
  readonly isOpen: boolean;
  readonly children: readonly MapNode[];
}

/** Apps with their processes first, what else there is behind them; a folder's own level where there are several. */
export function mapNodes(folders: readonly NamedMap[]): MapNode[] {
  const full = folders.filter(({ packages }) => packages.length > 0);
  if (folders.length < 2) return full.flatMap(folderNodes);
  return full.map((folder) => ({
    ...leaf('folder', `folder ${folder.uri}`, folder.name),
    isOpen: true,
    children: folderNodes(folder),
  }));
}

function folderNodes(folder: NamedMap): MapNode[] {
  const apps = folder.packages.filter(({ kind }) => kind === 'app');
  const others = folder.packages.filter(({ kind }) => kind !== 'app');
  const nodes = apps.map((one) => packageNode('app', one, folder));
  if (others.length === 0) return nodes;
  const children = others.map((one) => packageNode('package', one, folder));
  const id = `${folder.uri} others`;
  return [
    ...nodes,
    { ...leaf('others', id, 'Libraries, tools and others', String(others.length)), children },
  ];
}

function packageNode(kind: 'app' | 'package', one: Package, folder: NamedMap): MapNode {
  const id = `${folder.uri} ${one.path}`;
  const { name, path, evidence, processes } = one;
  const manifest = path === '.' ? 'package.json' : `${path}/package.json`;
  const what =
    kind === 'app'
      ? `${processes.length} ${processes.length === 1 ? 'process' : 'processes'}`
      : one.kind;
  const reasons = evidence.map((each, index): MapNode => {
    const against = each.for === one.kind ? '' : `speaks for ${each.for}`;
    const place = { folder: folder.uri, path: each.path, line: each.line };
    return { ...leaf('reason', `${id} reason ${index}`, each.says, against), place };
  });
  const why = `Why ${/^[aeiou]/.test(one.kind) ? 'an' : 'a'} ${one.kind}`;
  return {
    ...leaf(kind, id, name ?? path, path === '.' ? what : `${what} · ${path}`),
    place: { folder: folder.uri, path: manifest, line: 1 },
    isOpen: kind === 'app',
    children: [
      ...processes.map((process, index) => processNode(process, `${id} ${index}`, folder)),
      ...(reasons.length === 0
        ? []
        : [{ ...leaf('evidence', `${id} why`, why, ''), children: reasons }]),
    ],
  };
}

function processNode(process: Process, id: string, folder: NamedMap): MapNode {
  const { name, role, entry, command, ports, services, signals, variables } = process;
  const facts: MapNode[] = [
    ...(entry === null
      ? []
      : [
          {
            ...leaf('entry', `${id} entry`, entry, 'starts with'),
            place: { folder: folder.uri, path: entry, line: 1 },
          },
        ]),
    ...(command === null ? [] : [leaf('command', `${id} command`, command, 'runs')]),
    ...ports.map(({ variable, value }, index) =>
      leaf(
        'port',
        `${id} port ${index}`,
        variable ?? String(value),
        portDescription(variable, value),
      ),
    ),
    ...services.map((service) => leaf('service', `${id} service ${service}`, service, 'service')),
    ...signals.map((signal) => leaf('signal', `${id} signal ${signal}`, signal, 'handled')),
  ];
  const read = variables.map((variable): MapNode => {
    const place = folder.variables[variable];
    const at = place ? `${place.path}:${place.line}` : '';
    return {
      ...leaf('variable', `${id} variable ${variable}`, variable, at),
      ...(place ? { place: { folder: folder.uri, ...place } } : {}),
    };
  });
  const list: MapNode[] =
    read.length === 0
      ? []
      : [
          {
            ...leaf('variables', `${id} variables`, 'Variables', String(read.length)),
            children: read,
          },
        ];
  return {
    ...leaf('process', id, name, role),
    isOpen: true,
    children: [...facts, ...list],
  };
}

function portDescription(variable: string | undefined, value: number | undefined): string {
  if (variable === undefined) return 'fixed port';
  return value === undefined ? 'port' : `port, else ${value}`;
}

function leaf(kind: MapNode['kind'], id: string, label: string, description = ''): MapNode {
  return { kind, id, label, description, isOpen: false, children: [] };
}

import pc from 'picocolors';
import { PACKAGE_KINDS } from '../project/map/kinds';
import type { AppProcess, ProcessPort } from '../project/map/processes';
import type { MappedPackage, ProjectMap } from '../project/map/project-map';
import { oneLine, visible, visibleLines, visiblePath } from './escape';
import { rangesByPath } from './positions';
import { counted } from './report';

/**
 * The map for people: packages by kind, the apps with their processes first, each with what says so.
 * @param text the text of a file, for line numbers
 * @returns lines that end with `\n`
 */
export function formatMapText(
  { packages }: ProjectMap,
  text: (path: string) => string | undefined,
  color: 'never' | 'always',
): string {
  const colors = pc.createColors(color === 'always');
  const range = rangesByPath(text);
  if (packages.length === 0) return 'There is no package.json in this folder.\n';
  const blocks = PACKAGE_KINDS.flatMap((kind) => {
    const own = packages.filter((one) => one.kind === kind);
    if (own.length === 0) return [];
    const entries = own.map(({ path, name, evidence, processes }) => {
      const places = evidence.map((one) => {
        const place = `${one.path}:${range(one.path, one.span).start.line}`;
        const against = one.for === kind ? '' : colors.yellow(` (speaks for ${one.for})`);
        return `      ${visibleLines(oneLine(one.says))}${against}  ${colors.dim(visible(place))}`;
      });
      const head = `  ${colors.bold(path === '' ? '.' : visiblePath(path))}${name === undefined ? '' : colors.dim(`  ${oneLine(name)}`)}`;
      return [head, ...processes.flatMap((one) => processLines(one)), ...places].join('\n');
    });
    return [`${colors.underline(`${kind} (${own.length})`)}\n\n${entries.join('\n')}\n`];
  });
  return `${blocks.join('\n')}\n${summary(packages)}\n`;
}

function processLines(process: AppProcess): string[] {
  const { name, role, entry, command, ports, signals, services, variables } = process;
  const facts = [
    ...(entry === undefined ? [] : [`entry ${entry}`]),
    ...(command === undefined ? [] : [`runs \`${command}\``]),
    ...(ports.length > 0 ? [`port ${ports.map(portText).join(', ')}`] : []),
    ...(signals.length > 0 ? [`handles ${signals.join(', ')}`] : []),
    ...(services.length > 0 ? [`uses ${services.join(', ')}`] : []),
    ...(variables.length > 0 ? [`reads ${counted(variables.length, 'variable')}`] : []),
  ];
  const known = facts.join('; ') || 'nothing more is known of it';
  return [`    ${oneLine(`${role} ${name}: ${known}`)}`];
}

/** `PORT`, `3000`, or `PORT, else 3000`. */
export function portText({ variable, value }: ProcessPort): string {
  if (variable === undefined) return String(value);
  return value === undefined ? variable : `${variable}, else ${value}`;
}

function summary(packages: readonly MappedPackage[]): string {
  const kinds = PACKAGE_KINDS.flatMap((kind) => {
    const count = packages.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return `${counted(packages.length, 'package')}: ${kinds.join(', ')}.`;
}

import { baseName } from '../../base/paths';
import { DOCUMENTATION_TOOLS } from '../../vocabulary/frameworks';
import {
  DOCUMENTATION_PACKAGES,
  TOOL_PACKAGES,
  TOOL_SETTINGS,
} from '../../vocabulary/package-names';
import { filesIn } from '../files/file-index';
import { isWord } from './places';
import { isPublishedLibrary } from './published';
import { serverLibrary } from './signs';
import { atKey, ownName, START, type Statement, type Subject } from './subject';

/** What else manifests say of what a package is for. */

export function configuresTests(subject: Subject): readonly (Statement | undefined)[] {
  const { main } = subject.info.manifest;
  return typeof main === 'string' && /(^|\/)(jest|vitest)[\w.-]*\.[cm]?[jt]s$/.test(main)
    ? [{ ...atKey(subject, 'main'), says: 'its main module configures a test runner' }]
    : [];
}

export function documentationSite(subject: Subject): readonly (Statement | undefined)[] {
  const { info, isCollection } = subject;
  if (info.dir === '' || isCollection || isPublishedLibrary(subject)) return [];
  const tool = [...info.dependencies.keys()].find((name) => DOCUMENTATION_TOOLS.has(name));
  const isSite = tool !== undefined && serverLibrary(subject) === undefined;
  const isNamedSo = isWord(DOCUMENTATION_PACKAGES, ownName(subject));
  if (!isNamedSo && !isSite) return [];
  return [
    tool === undefined
      ? { ...atKey(subject, 'name'), says: 'named for documentation' }
      : { ...atKey(subject, 'dependencies', tool), says: `a documentation site (${tool})` },
  ];
}

export function action(subject: Subject): Statement | undefined {
  const { info, files } = subject;
  const path = filesIn(files, info.dir).find((one) => /^action\.ya?ml$/.test(baseName(one)));
  return path === undefined ? undefined : { path, span: START, says: 'an action of a workflow' };
}

export function sharedSettings(subject: Subject): Statement | undefined {
  return [ownName(subject), subject.info.name ?? ''].some((name) => TOOL_SETTINGS.isIn(name))
    ? { ...atKey(subject, 'name'), says: 'settings for tools' }
    : undefined;
}

export function generator(subject: Subject): Statement | undefined {
  const key = ['generators', 'schematics'].find((one) => subject.info.manifest[one] !== undefined);
  return key === undefined ? undefined : { ...atKey(subject, key), says: `declares ${key}` };
}

/** A command to install; a library may have one beside what others load of it. */
export function command(subject: Subject): readonly Statement[] {
  const isLoaded = isPublishedLibrary(subject) && subject.dependents.length > 0;
  const isNamedSo = TOOL_PACKAGES.isIn(ownName(subject)) || /^create-/.test(ownName(subject));
  if (subject.info.manifest['bin'] === undefined || (isLoaded && !isNamedSo)) return [];
  return [{ ...atKey(subject, 'bin'), says: 'a command to install (bin)' }];
}

export function workspaceRoot(subject: Subject): readonly Statement[] {
  return isWorkspaceRoot(subject)
    ? [{ ...atKey(subject, 'workspaces'), says: 'holds the packages of a workspace' }]
    : [];
}

export function isWorkspaceRoot({ info, members }: Subject): boolean {
  return members.some((member) => member.workspaceRoot === info);
}

export function onlyOne(subject: Subject): readonly Statement[] {
  return subject.info.dir === '' || subject.above === undefined
    ? [{ ...atKey(subject, 'name'), says: 'nothing else here could be what is deployed' }]
    : [];
}

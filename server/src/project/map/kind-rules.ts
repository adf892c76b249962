import {
  APP_FOLDERS,
  EXAMPLE_PACKAGES,
  LIBRARY_FOLDERS,
  TEMPLATE_PACKAGES,
  TEST_PACKAGES,
  TOOL_PACKAGES,
} from '../../vocabulary/package-names';
import { deployed, deployedFromOutside, onlyDeveloped, started, startedServer } from './deploys';
import type { PackageKind } from './kinds';
import {
  action,
  command,
  configuresTests,
  documentationSite,
  generator,
  onlyOne,
  sharedSettings,
  workspaceRoot,
} from './manifests';
import {
  endsWith,
  inFolder,
  insideSources,
  isNamed,
  isShown,
  mentions,
  unpublishedTool,
} from './places';
import { importable, isImportable, loadedByOthers, published, stub } from './published';
import { listensSomewhere, serverLibrary } from './signs';
import { atKey, type Statement, type Subject } from './subject';

/** What speaks for a kind. The first rule of the list that says anything decides; what the others say is kept as evidence. */
export interface KindRule {
  readonly for: PackageKind;
  /** Asked only where nothing before it decided: it reads source texts, or is what is left. */
  readonly isLastResort?: true;
  find(subject: Subject): readonly (Statement | undefined)[];
}

/**
 * The strongest first: where a package lies tells more than what a reader of an example is given with it, a manifest that deploys
 * it more than what it could be used for, and all of that more than a name.
 */
export const KIND_RULES: readonly KindRule[] = [
  { for: 'app', find: (subject) => (isShown(subject) ? deployedFromOutside(subject) : []) },
  {
    for: 'test',
    find: (subject) => [
      inFolder(subject, TEST_PACKAGES, 'a folder of tests'),
      endsWith(subject, TEST_PACKAGES, 'tests'),
    ],
  },
  { for: 'test', find: configuresTests },
  {
    for: 'template',
    find: (subject) => [inFolder(subject, TEMPLATE_PACKAGES, 'a folder of templates')],
  },
  {
    for: 'example',
    find: (subject) => [inFolder(subject, EXAMPLE_PACKAGES, 'a folder of examples')],
  },
  { for: 'library', find: stub },
  { for: 'template', find: (subject) => [insideSources(subject)] },
  { for: 'example', find: documentationSite },
  {
    for: 'tool',
    find: (subject) => [action(subject), sharedSettings(subject), generator(subject)],
  },
  { for: 'app', find: deployed },
  { for: 'template', find: (subject) => [isNamed(subject, TEMPLATE_PACKAGES, 'a template')] },
  { for: 'example', find: (subject) => [isNamed(subject, EXAMPLE_PACKAGES, 'an example')] },
  { for: 'app', find: startedServer },
  { for: 'tool', find: workspaceRoot },
  { for: 'tool', find: command },
  { for: 'tool', find: unpublishedTool },
  { for: 'library', find: published },
  { for: 'test', find: (subject) => [mentions(subject, TEST_PACKAGES, 'tests')] },
  { for: 'tool', find: (subject) => [mentions(subject, TOOL_PACKAGES, 'tools')] },
  { for: 'example', find: onlyDeveloped },
  { for: 'library', find: (subject) => (isImportable(subject) ? loadedByOthers(subject) : []) },
  { for: 'app', find: started },
  { for: 'app', find: (subject) => [serverLibrary(subject)] },
  { for: 'library', find: (subject) => [...loadedByOthers(subject), ...importable(subject)] },
  { for: 'app', isLastResort: true, find: (subject) => [listensSomewhere(subject)] },
  { for: 'app', find: (subject) => [inFolder(subject, APP_FOLDERS, 'a folder of apps')] },
  {
    for: 'library',
    find: (subject) => [inFolder(subject, LIBRARY_FOLDERS, 'a folder of libraries')],
  },
  { for: 'app', isLastResort: true, find: onlyOne },
  {
    for: 'tool',
    isLastResort: true,
    find: (subject) => [{ ...atKey(subject, 'scripts'), says: 'nothing starts or imports it' }],
  },
];

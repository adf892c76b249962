import type { MappedText } from '../../languages/mapped-text';
import type { ProjectFiles } from '../files/files';
import type { CommandStep, PackageInfo } from '../model';
import type { Place } from './place';

/** A word of a command with its place in a file. */
export interface Word {
  readonly text: string;
  readonly literal: boolean;
  readonly path: string;
  readonly mapped: MappedText;
}

/** What every expansion needs of the project. */
export interface Project {
  readonly files: ProjectFiles;
  readonly packages: readonly PackageInfo[];
}

/** What surrounds a command: everything that steps inherit from the commands they were expanded from. */
export interface Scope {
  readonly path: string;
  readonly place: Place;
  readonly joint: CommandStep['joint'];
  readonly via: readonly string[];
  readonly wrappers: readonly string[];
  readonly assignments: Readonly<Record<string, string>>;
  readonly redirects: readonly (CommandStep['redirects'][number] & { readonly path: string })[];
  readonly hook: boolean;
  readonly conditional: boolean;
  readonly construct: string | undefined;
  readonly background: boolean;
  /** What `"$@"` and `$1` stand for. */
  readonly positional: readonly Word[] | undefined;
  readonly depth: number;
}

/** The outermost scope: a command text in a file. */
export function rootScope(path: string, place: Place): Scope {
  return {
    path,
    place,
    joint: '',
    via: [],
    wrappers: [],
    assignments: {},
    redirects: [],
    hook: false,
    conditional: false,
    construct: undefined,
    background: false,
    positional: undefined,
    depth: 0,
  };
}

import { maskedText } from '../engine/masked';
import type { PackageKind } from '../project/map/kinds';
import type { AppProcess, ProcessPort } from '../project/map/processes';
import type { ProjectMap } from '../project/map/project-map';
import { jsonText } from './escape';
import { rangesByPath } from './positions';

/** The machine-readable map; its schema is `syntaxes/twelve-factor-map.schema.json`. Paths are relative to the folder, with `/`. */
export interface JsonMap {
  readonly schemaVersion: 1;
  readonly packages: readonly JsonPackage[];
}

export interface JsonPackage {
  /** `.` for the folder itself. */
  readonly path: string;
  readonly name: string | null;
  readonly kind: PackageKind;
  /** What says so, and what was outweighed; lines start at 1. */
  readonly evidence: readonly {
    readonly path: string;
    readonly line: number;
    readonly says: string;
    readonly for: PackageKind;
  }[];
  readonly processes: readonly JsonProcess[];
}

export interface JsonProcess {
  readonly name: string;
  readonly role: AppProcess['role'];
  readonly entry: string | null;
  readonly command: string | null;
  readonly ports: readonly ProcessPort[];
  readonly signals: readonly string[];
  readonly services: readonly string[];
  readonly variables: readonly string[];
}

/**
 * The map as plain data; see {@link JsonMap}.
 * @param text the text of a file, for line numbers
 */
export function jsonMap(
  { packages }: ProjectMap,
  text: (path: string) => string | undefined,
): JsonMap {
  const range = rangesByPath(text);
  return {
    schemaVersion: 1,
    packages: packages.map(({ path, name, kind, evidence, processes }) => ({
      path: path === '' ? '.' : path,
      name: name ?? null,
      kind,
      evidence: evidence.map((one) => ({
        path: one.path,
        line: range(one.path, one.span).start.line,
        says: one.says,
        for: one.for,
      })),
      processes: processes.map(({ entry = null, command = null, ...process }) => ({
        ...process,
        entry,
        command,
      })),
    })),
  };
}

/** The map as indented JSON text that ends with a line break. */
export function formatMapJson(map: ProjectMap, text: (path: string) => string | undefined): string {
  return jsonText(jsonMap(map, text));
}

/** The map as it may be printed: commands may be given credentials as words. */
export function maskedMap({ packages }: ProjectMap): ProjectMap {
  return {
    packages: packages.map((one) => ({
      ...one,
      processes: one.processes.map((process) =>
        process.command === undefined
          ? process
          : { ...process, command: maskedText('', process.command, [], []) },
      ),
    })),
  };
}

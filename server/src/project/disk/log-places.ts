import type { Location } from '../../base/span';
import type { Value } from '../../base/value';
import { argumentAt, argumentsAt, memberAt, possibleValues, stringOf } from '../../base/values';
import { canonicalName } from '../facts/canonical';
import type { CallMeaning, ProjectModel } from '../model';
import { fileText, isFileFromEnvironment, isStandardStream } from './file-text';

/** Where a logger writes other than to the standard streams. */
export interface LogPlace {
  readonly kind: 'file' | 'service';
  /** The library that writes, or the service that it ships to. */
  readonly name: string;
  readonly at: Location;
  /** The environment decides the file: whoever runs the app may still send it to `/dev/stdout`. */
  readonly fromEnvironment: boolean;
}

/** The files and services that a call of a logging library writes to. */
export function logPlaces(found: CallMeaning, model: ProjectModel): readonly LogPlace[] {
  const { meaning, call, path } = found;
  const own = { path, span: call.nameSpan };
  switch (meaning.kind) {
    case 'log-shipper':
      return [{ kind: 'service', name: meaning.target, at: own, fromEnvironment: false }];
    case 'log-file': {
      const { transport } = meaning;
      const named = transport && argumentAt(found.args, transport.at);
      if (transport && !transport.is.includes((named && canonicalName(named)) ?? '')) return [];
      const file = meaning.path === undefined ? undefined : argumentAt(found.args, meaning.path);
      if (!isFile(file, meaning)) return [];
      return [
        {
          kind: 'file',
          name: meaning.library,
          at: own,
          fromEnvironment: file !== undefined && isFileFromEnvironment(file),
        },
      ];
    }
    case 'log-stream':
      return meaning.streams
        .flatMap((place) => argumentsAt(found.args, place))
        .flatMap((stream) => streamPlaces(stream, meaning.library, path, model));
    case 'log-outputs':
      return outputPlaces(found, path);
    default:
      return [];
  }
}

/** Is this stream given to a logger, which then is what is reported? */
export function feedsLogger(path: string, span: Location['span'], model: ProjectModel): boolean {
  for (const module of model.modules.keys()) {
    for (const found of model.meanings(module)) {
      if (found.meaning.kind !== 'log-stream') continue;
      if (
        logPlaces(found, model).some(({ at }) => at.path === path && at.span.start === span.start)
      )
        return true;
    }
  }
  return false;
}

function isFile(
  file: Value | undefined,
  { optional = false }: { readonly optional?: boolean },
): boolean {
  if (!file) return !optional;
  if (isStandardStream(file)) return false;
  return !optional || isPathLike(file);
}

function isPathLike(value: Value): boolean {
  return (
    fileText(value) !== undefined &&
    !possibleValues(value).every(
      (option) => option.kind === 'literal' && typeof option.value !== 'string',
    )
  );
}

function streamPlaces(
  stream: Value,
  library: string,
  from: string,
  model: ProjectModel,
): LogPlace[] {
  return possibleValues(stream).flatMap((value): LogPlace[] => {
    const path = value.path ?? from;
    const text = stringOf(value);
    // `pino('./app.log')`: the destination itself.
    if (text !== undefined)
      return library === 'pino' && !isStandardStream(value)
        ? [{ kind: 'file', name: library, at: { path, span: value.span }, fromEnvironment: false }]
        : [];
    if (value.kind === 'function') return handlerPlaces(value.id, library, path, model);
    if (value.kind !== 'call') return [];
    const made = model
      .meanings(path)
      .find(
        ({ meaning, call }) =>
          meaning.kind === 'file-write' &&
          call.span.start === value.span.start &&
          call.span.end === value.span.end,
      );
    if (made?.meaning.kind !== 'file-write' || made.meaning.how !== 'stream') return [];
    const file = argumentAt(made.args, made.meaning.path);
    if (!file || isStandardStream(file) || !isPathLike(file)) return [];
    return [
      {
        kind: 'file',
        name: library,
        at: { path, span: made.call.nameSpan },
        fromEnvironment: isFileFromEnvironment(file),
      },
    ];
  });
}

/** Files that a function writes which a logger hands each entry to. */
function handlerPlaces(fn: number, library: string, path: string, model: ProjectModel): LogPlace[] {
  return model.meanings(path).flatMap(({ meaning, call, args }): LogPlace[] => {
    if (meaning.kind !== 'file-write' || call.fn !== fn) return [];
    const file = argumentAt(args, meaning.path);
    if (!file || isStandardStream(file) || !isPathLike(file)) return [];
    const fromEnvironment = isFileFromEnvironment(file);
    return [{ kind: 'file', name: library, at: { path, span: call.nameSpan }, fromEnvironment }];
  });
}

function outputPlaces(found: CallMeaning, from: string): LogPlace[] {
  const { meaning } = found;
  if (meaning.kind !== 'log-outputs') return [];
  return meaning.entries
    .flatMap((place) => argumentsAt(found.args, place))
    .flatMap((entry): LogPlace[] => {
      const type = meaning.type === undefined ? undefined : memberAt(entry, [meaning.type]);
      const output = meaning.outputs[meaning.type === undefined ? '' : (stringOf(type) ?? '')];
      if (!output) return [];
      const path = entry.path ?? from;
      if ('ships' in output)
        return [
          {
            kind: 'service',
            name: output.ships,
            at: { path: type?.path ?? path, span: (type ?? entry).span },
            fromEnvironment: false,
          },
        ];
      const file = memberAt(entry, output.file.split('.'));
      if (!isFile(file, output)) return [];
      // A name from another module says nothing there; the transport is what has to go.
      const own = file && (file.path ?? path) === path ? file : undefined;
      const at = own ?? type ?? entry;
      return [
        {
          kind: 'file',
          name: meaning.library,
          at: { path: at.path ?? path, span: at.span },
          fromEnvironment: file !== undefined && isFileFromEnvironment(file),
        },
      ];
    });
}

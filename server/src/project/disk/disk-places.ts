import type { Value } from '../../base/value';
import { calledName, lastName } from '../../base/value-names';
import { someValue } from '../../base/value-visitor';
import { possibleValues } from '../../base/values';
import { canonicalName } from '../facts/canonical';
import { fileText } from './file-text';

/**
 * What a path on disk is to the app.
 * - `temporary`: the system's folder for temporary files, or one of that name
 * - `environment`: whoever runs the app says where; a mounted volume, perhaps
 * - `device`: no file at all
 * - `local`: a folder of this machine
 */
export type DiskPlace = 'temporary' | 'environment' | 'device' | 'local';

const TEMPORARY =
  /^\/(tmp|var\/tmp|dev\/shm|private\/tmp)(\/|$)|(^|[/\\])\.?(te?mp|temporary)([/\\]|$)/i;
const MAKERS =
  /^(new )?(os\.tmpdir|tmp|tmp-promise|tempy|tempfile|temp|temp-dir|temp-write|fs\.mkdtemp|fs\.mkdtempSync|fs\/promises\.mkdtemp|fs\.promises\.mkdtemp)(\.|\(|$)/;
/** Variables of this name say what they hold, wherever it comes from. */
const TEMPORARY_NAME = /^_?te?mp|te?mp(orary)?_?(dir|path|file|folder|name)|temporary/i;

/** Says what a resolved path is to the app. */
export function diskPlace(path: Value): DiskPlace {
  const options = possibleValues(path);
  if (options.some((option) => someValue(option, isTemporary))) return 'temporary';
  const text = fileText(path);
  if (text !== undefined && /^\/(dev|proc)\//.test(text)) return 'device';
  if (isFromEnvironment(path)) return 'environment';
  return 'local';
}

function isTemporary(value: Value): boolean {
  const text = fileText(value);
  if (text !== undefined && TEMPORARY.test(text)) return true;
  switch (value.kind) {
    case 'call':
      return MAKERS.test(canonicalName(value.callee) ?? '');
    case 'import':
      return (
        MAKERS.test(canonicalName(value) ?? '') ||
        value.members.some((name) => TEMPORARY_NAME.test(name))
      );
    default:
      return TEMPORARY_NAME.test(lastName(value) ?? '');
  }
}

/**
 * Does the environment, or the configuration, say which folder it is? Not where it only names a folder below one of the code.
 */
function isFromEnvironment(value: Value): boolean {
  switch (value.kind) {
    case 'env':
      return true;
    case 'either':
      return value.options.some(isFromEnvironment);
    case 'template':
      return value.parts[0] !== undefined && isFromEnvironment(value.parts[0]);
    case 'call': {
      const [first] = value.args;
      const name = canonicalName(value.callee) ?? '';
      return first !== undefined && /(^|\.)(join|resolve|normalize|String)$/.test(name)
        ? isFromEnvironment(first)
        : false;
    }
    case 'member':
      return (
        /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(value.name ?? '') ||
        (/(dir|directory|folder|root|path)$/i.test(value.name ?? '') && isSettings(value.object))
      );
    default:
      return false;
  }
}

/** `env`, `config`, `this.options`: what settings are called. */
function isSettings(value: Value): boolean {
  return /(^|[./_-])(env|config(uration)?|settings)$/i.test(calledName(value));
}

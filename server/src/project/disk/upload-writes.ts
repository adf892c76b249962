import type { Value } from '../../base/value';
import { argumentAt } from '../../base/values';
import type { CallFact } from '../facts/facts';
import { isInFunction } from '../facts/function-nesting';
import { LIBRARIES } from '../libraries';
import type { CallMeaning, ModuleInfo, ProjectModel } from '../model';

const PACKAGES = LIBRARIES.withTrait('uploads');
/** What an uploaded file is called where it is handled. */
const FILE =
  /^(req|request|ctx|_?files?|uploads?|uploaded\w*|part|parts|image|images|img|avatar|photo|picture|attachment|video|media|data|document|my_?file|sample_?file|\w+File)$/;
/** Its members that are, or name, its content. */
const CONTENT =
  /^(file|files|buffer|data|path|filepath|tempFilePath|stream|fileStream|createReadStream|body)$/;

/** Does a module belong to a package that takes uploads? */
export function takesUploads(module: ModuleInfo): boolean {
  return [...(module.package?.dependencies.keys() ?? [])].some((name) => PACKAGES.has(name));
}

/** Does a write put what somebody uploaded on the disk: by its stream, its buffer, or by moving its temporary file? */
export function writesUpload(found: CallMeaning, model: ProjectModel): boolean {
  const { meaning, call, path, args } = found;
  const module = model.modules.get(path);
  if (meaning.kind !== 'file-write' || !module || !takesUploads(module)) return false;
  if (meaning.how === 'stream')
    return sourcesOf(call, model.facts.get(path)?.calls ?? []).some(isUpload);
  const data = meaning.data === undefined ? undefined : argumentAt(call.args, meaning.data);
  const from = meaning.how === 'copy' ? call.args[0] : data;
  const resolved = meaning.how === 'copy' ? args[0] : from;
  return [from, resolved].some((value) => value !== undefined && isUpload(value));
}

/** What is piped into a stream: `file.pipe(out)`, `pipeline(file, out)`. */
function sourcesOf(stream: CallFact, calls: readonly CallFact[]): readonly Value[] {
  const isStream = (value: Value): boolean =>
    value.kind === 'call' &&
    value.span.start === stream.span.start &&
    value.span.end === stream.span.end;
  return calls.flatMap(({ callee, args }) => {
    if (!args.some(isStream)) return [];
    const name =
      callee.kind === 'member' ? callee.name : callee.kind === 'import' ? 'pipeline' : '';
    if (name === 'pipe' && callee.kind === 'member') return [callee.object];
    return /^(pipeline|pump|pipelineAsync)$/.test(name ?? '') ? args.slice(0, 1) : [];
  });
}

function isUpload(value: Value): boolean {
  const names = namesOf(value);
  const last = names[names.length - 1] ?? '';
  const root = names[0] ?? '';
  if (names.length === 1) return /^(file|fileStream|upload|part|createReadStream)$/.test(root);
  return names.slice(0, -1).some((name) => FILE.test(name)) && CONTENT.test(last);
}

/** `(await req.file()).file` → `req`, `file`, `file`: the names on the way to a value, from its root. */
function namesOf(value: Value): readonly string[] {
  switch (value.kind) {
    case 'member':
      return [...namesOf(value.object), ...(value.name === undefined ? [] : [value.name])];
    case 'call':
      return namesOf(value.callee);
    case 'parameter':
    case 'unknown':
      return value.name === undefined ? [] : [value.name];
    case 'typed':
      return ['file'];
    default:
      return [];
  }
}

/** `req.files.photo.mv(place)`: how express-fileupload keeps a file. */
export function movesUpload({ callee }: CallFact): boolean {
  if (callee.kind !== 'member' || callee.name !== 'mv') return false;
  const names = namesOf(callee.object);
  return names.some((name) => FILE.test(name));
}

/**
 * Is the file taken away again where it was written, other than when something failed?
 * @param file what was written; undefined for an upload. A copy of an upload stays when the upload itself goes.
 */
export function isDeletedAgain(
  path: string,
  fn: number,
  model: ProjectModel,
  file?: Value,
): boolean {
  const isCopy = file !== undefined && !isUpload(file);
  const facts = model.facts.get(path);
  return model
    .meanings(path)
    .some(
      ({ meaning, call }) =>
        meaning.kind === 'file-delete' &&
        isInFunction(call.fn, fn, facts) &&
        !call.context.includes('catch') &&
        !(isCopy && call.args[0] && isUpload(call.args[0])),
    );
}

/** Is what an upload left on the disk deleted anywhere in the package, once it was handled: `unlink(req.file.path)`? */
export function deletesUploads(model: ProjectModel, module: ModuleInfo): boolean {
  for (const [path, other] of model.modules) {
    if (other.package !== module.package || other.roles.has('test')) continue;
    for (const { meaning, call } of model.meanings(path)) {
      if (meaning.kind !== 'file-delete' || call.context.includes('catch')) continue;
      const [file] = call.args;
      const names = file ? namesOf(file) : [];
      const last = names[names.length - 1] ?? '';
      if (names.length > 1 ? /^(path|filepath|tempFilePath)$/.test(last) : LOCAL_PATH.test(last))
        return true;
    }
  }
  return false;
}

const LOCAL_PATH = /^(local|uploaded|temp|tmp)_?\w*(path|file)/i;

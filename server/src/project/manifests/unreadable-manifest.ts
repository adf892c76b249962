import { printParseErrorCode } from 'jsonc-parser';
import { baseName } from '../../base/paths';
import { jsonAt, jsonProperties, type JsonSyntax } from '../../languages/json';
import { MOST_PARTS } from '../../languages/length';
import { isTooDeep, TOO_DEEP } from '../../languages/nesting';
import { isYamlTemplate } from '../../languages/yaml';
import type { ProjectFiles } from '../files/files';
import { isDocumentPath, isTestPath } from '../files/paths';
import { isPm2Path } from './pm2';

/**
 * Why a manifest could not be read, wholly or in part: shown, so that its silence is not taken for a clean bill. To be asked after
 * the rules, which show what of the YAML are manifests.
 * @returns undefined for a file that was read, and for data that is no manifest
 */
export function unreadableReason(files: ProjectFiles, path: string): string | undefined {
  const kind = files.kind(path);
  if (kind === undefined || kind === 'source') return undefined;
  const text = files.text(path);
  if (text === undefined || !/\S/.test(text)) return undefined;
  if (isConflicted(text)) return 'an unresolved merge conflict';
  switch (kind) {
    case 'yaml':
      return files.isReadAsYaml(path) || isYamlTemplate(text)
        ? files.yaml(path)?.notYaml
        : undefined;
    case 'package-json':
      return isTestPath(path) || isDocumentPath(path) ? undefined : packageReason(files.json(path));
    case 'json':
      if (isJsonManifest(path)) return jsonReason(files.json(path));
      return isTooDeep(text) ? TOO_DEEP : undefined;
    case 'toml':
      return tomlReason(files, path);
    case 'dockerfile':
      return dockerfileReason(files, path, text);
    case 'procfile':
      return procfileReason(files, path, text);
    case 'shell':
      return shellReason(files, path, text);
    default:
      return undefined;
  }
}

function isConflicted(text: string): boolean {
  return text.includes('<<<<<<< ') && /^<{7} /m.test(text) && /^>{7} /m.test(text);
}

function tomlReason(files: ProjectFiles, path: string): string | undefined {
  const error = files.toml(path)?.error;
  return error === undefined ? undefined : `invalid TOML: ${error}`;
}

function procfileReason(files: ProjectFiles, path: string, text: string): string | undefined {
  const { entries, notParsed } = files.procfile(path) ?? {};
  if (notParsed !== undefined) return notParsed;
  return entries?.length === 0 && /^[ \t\uFEFF]*[^#\s]/m.test(text)
    ? 'no line of the form `process: command`'
    : undefined;
}

function shellReason(files: ProjectFiles, path: string, text: string): string | undefined {
  const [error] = files.shell(path)?.errors ?? [];
  return error && `invalid shell in line ${lineOf(text, error.span.start)}: ${error.message}`;
}

/** JSON files whose content decides how the app is built or run; comments are allowed in them. */
function isJsonManifest(path: string): boolean {
  return (
    isPm2Path(path) ||
    /^(app|vercel|now|railway|serverless|nodemon|lerna|nest-cli|turbo|passengerfile|cloudbuild|tsconfig)\.json$/i.test(
      baseName(path),
    )
  );
}

function packageReason(syntax: JsonSyntax | undefined): string | undefined {
  const scripts = jsonProperties(jsonAt(syntax, ['scripts']));
  return scripts.length > MOST_PARTS ? `more than ${MOST_PARTS} scripts` : jsonReason(syntax);
}

function jsonReason(syntax: JsonSyntax | undefined): string | undefined {
  if (syntax?.notParsed !== undefined) return syntax.notParsed;
  const [error] = syntax?.errors ?? [];
  if (!syntax || !error) return undefined;
  const words = printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return `invalid JSON in line ${lineOf(syntax.text, error.offset)} (${words})`;
}

function dockerfileReason(files: ProjectFiles, path: string, text: string): string | undefined {
  if (
    /^[ \t\uFEFF]*\{[{%]/m.test(text) ||
    /\.(j2|jinja2?|tmpl|tpl|erb|mustache|template)$/i.test(path)
  )
    return 'a template, not a Dockerfile';
  const { stages, notParsed } = files.dockerfile(path) ?? {};
  if (notParsed !== undefined) return notParsed;
  return stages?.length === 0 ? 'a Dockerfile without FROM' : undefined;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

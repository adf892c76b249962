import type { Severity } from '../../../base/severity';
import { contains, type Span } from '../../../base/span';
import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import { secretFixes } from '../../../fixes/environment/environment-fixes';
import { marksOf } from '../../../project/facts/marks';
import { onSource } from '../../../project/facts/source-handlers';
import { PACKAGE_KINDS } from '../../../project/map/kinds';
import type { ModuleInfo, ProjectModel } from '../../../project/model';
import { MADE_BY_PROVIDERS } from '../../../project/secrets/provider-tokens';
import { secretUses, usesOf } from '../../../project/secrets/uses';
import { isDevelopmentSettings } from '../../../project/services/environment-sections';
import type { ServiceKind } from '../../../vocabulary/services';
import { assignedSecret, type AssignedSecret } from './assignments';
import { badExamples } from './bad-examples';
import { badFileExamples } from './bad-file-examples';
import { comparedSecret } from './comparisons';
import { shapesOfFile } from './file-shapes';
import { goodExamples } from './good-examples';
import { shapesOfLiteral, type LiteralShape } from './literal-shapes';
import { manifestCredentials } from './manifest-credentials';
import { manifestSecretFixes } from './manifest-secrets';
import { isSettingsPath, namedLiteral, type NamedLiteral } from './named-literals';
import { OWN_CREDENTIAL, ownCredentials } from './own-patterns';

type SourceMark =
  | ({ readonly kind: 'shape' } & LiteralShape)
  | ({ readonly kind: 'named' } & NamedLiteral)
  | { readonly kind: 'compared'; readonly name: string }
  | ({ readonly kind: 'assigned' } & AssignedSecret);

/** Credentials that are known by their form. */
const SHAPES: readonly RegExp[] = [
  MADE_BY_PROVIDERS,
  /:\/\/[^\s:/?#@'"`]*:[^\s/?#@'"`]+@|['"`](?:Bearer|Basic|Bot|Token|ApiKey)\s+[\w+/.~-]{12}|[?&](?:api[-_]?key|app_?id|app_?key|access[-_]?token|auth[-_]?token|client[-_]?secret|secret|token|key|sig|subscription-key)=[\w.~%-]{16}/i,
];

const MARKS = marksOf<SourceMark>('hardcoded-secret');

export default defineRule({
  id: 'hardcoded-secret',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A credential is written into code or a tracked file.',
  why: 'A credential in the repository is known to everybody who ever had a copy of it, and the history keeps it when the line is gone. It cannot be changed without a commit and a release, and all deploys share it, so that a laptop can sign what production believes. The test of the twelve factors: could the code be published right now without giving anything away? Kept in the environment, each deploy has its own value, and it is changed where it is used. Removing the line does not help what was already read: issue a new value as well.',
  whenNotToUse:
    'For values that are no secret although they go where secrets go: keys of a sandbox that everybody may have, or a key that is only there to make a hash reproducible.',
  marksCredentials: true,
  fix: 'suggest',
  hints: [
    ...SHAPES,
    /(?:secret|secret_?key|api_?key|account_?key|access_?key|private_?key|master_?key|token|password|pass|pwd|authorization)['"]?\s*:\s*['"`][^'"`\s]/i,
    /(?:[Ss]ecret|[Pp]assword|[Aa]pi[-_]?[Kk]ey|[Tt]oken|[Aa]uthorization)['")\]]*\s*[!=]==?\s*(?:['"]|[A-Z]{3})/,
    /\bbtoa\(\s*['"`]|\.toString\(\s*['"`]base64/,
  ],
  // Credentials known by their name alone are reported in apps only.
  hintsBesideApps: SHAPES,
  // Keys that a provider or a tool made are no less known for standing in an example.
  scope: { include: ['browser'], kinds: PACKAGE_KINDS, detail: 'any' },
  options: {
    ignoredNames: {
      lists: 'names',
      exempts: 'subject',
      description: 'Names of settings that look like those of credentials and hold none.',
      example: ['SORT_KEY', '*_PUBLIC_KEY'],
    },
    patterns: {
      lists: 'patterns',
      description:
        'Forms of credentials that your own services issue, reported wherever they stand.',
      example: ['\\bacme_live_[0-9a-f]{32}\\b'],
    },
  },
  messages: {
    sink: 'The {what} is fixed in code; require it from the environment and rotate this value.',
    shape:
      'The code holds {what}; read it from the environment, and rotate it: the history keeps it.',
    compared:
      'The value that `{name}` has to match is fixed in code; require it from the environment and rotate it.',
    file: 'This tracked file holds {what}; keep it out of the repository, and issue a new one.',
    manifest:
      '{what} stands in this file in plain text; pass it in from outside the repository and rotate it.',
    configMap:
      'A ConfigMap shows {what} to everybody who may read it; move it to a Secret and rotate the value.',
  },
  source: [
    onSource(
      ['StringLiteral', 'NoSubstitutionTemplateLiteral', 'TemplateExpression'],
      (node, context) => {
        for (const shape of shapesOfLiteral(node, context.syntax.text))
          MARKS.leave(context, shape.span, { kind: 'shape', ...shape });
      },
    ),
    onSource(['StringLiteral', 'NoSubstitutionTemplateLiteral'], (node, context) => {
      const named = namedLiteral(node);
      if (named) MARKS.leave(context, named.span, { kind: 'named', ...named });
    }),
    onSource(['BinaryExpression'], (node, context) => {
      const found = comparedSecret(node, context.evaluate);
      if (found) MARKS.leave(context, found.span, { kind: 'compared', name: found.name });
      const assigned = assignedSecret(node, context.evaluate);
      if (assigned) MARKS.leave(context, node.right, { kind: 'assigned', ...assigned });
    }),
  ],
  file({ facts, module, model, options, report, resolve }) {
    const taken: { readonly path: string; readonly span: Span }[] = [];
    const ownText = (): string | undefined => model.files.text(module.path);
    for (const span of ownCredentials(ownText, options('patterns'))) {
      taken.push({ path: module.path, span });
      report({ at: span, message: 'shape', data: { what: OWN_CREDENTIAL } });
    }
    if (facts.detail !== 'full') return;
    const isTaken = (path: string, span: Span): boolean =>
      taken.some((one) => one.path === path && contains(one.span, span));
    const isBrowser = module.roles.has('browser');
    const marks = MARKS.of(facts);
    const assigned = marks.flatMap(({ data }) =>
      data.kind === 'assigned'
        ? usesOf(resolve(data.value), { what: data.what, issued: data.issued }, module.path, model)
        : [],
    );
    for (const use of [...secretUses(module.path, model), ...assigned]) {
      const { literal, path, role, what, key, issued, service } = use;
      // What is sent to browsers is public: there, only a key that is made up to be secret is a mistake.
      if (role !== 'fixed' || (isBrowser && issued)) continue;
      const { span } = literal;
      if (isTaken(path, span) || isSaidOfManifest(path, span, model)) continue;
      taken.push({ path, span });
      const fixes = (): readonly Fix[] =>
        literal.direct ? fixesFor({ model, path, span, what, service }) : [];
      report({
        at: { path, span },
        message: 'sink',
        data: { what: withKey(what, key) },
        subject: key,
        kinds: APPS,
        fixes,
      });
    }
    for (const mark of marks) {
      const { data } = mark;
      const { path } = module;
      if (data.kind === 'assigned' || isTaken(path, mark.span)) continue;
      if (data.kind === 'named') {
        if (!isSettingOnly(module, mark.span, model)) continue;
        taken.push({ path, span: mark.span });
        report({
          at: mark.span,
          message: 'sink',
          data: { what: `value of \`${data.name}\`` },
          subject: data.name,
          kinds: APPS,
          ...(isDevelopmentSettings(path) ? { severity: 'hint' } : {}),
          fixes: () => fixesFor({ model, path, span: mark.span, what: data.name }),
        });
      } else if (data.kind === 'compared') {
        const name = data.name.replace(/^x-/i, '').replace(/-/g, ' ');
        const fixes = (): readonly Fix[] => fixesFor({ model, path, span: mark.span, what: name });
        report({
          at: mark.span,
          message: 'compared',
          data: { name: data.name },
          subject: data.name,
          kinds: APPS,
          fixes,
        });
      } else if (!data.position.afterEnvironment) {
        report({
          at: mark.span,
          message: 'shape',
          data: { what: data.what },
          kinds: isPassword(data.what) ? APPS : PACKAGE_KINDS,
          ...(data.harmless ? { severity: 'hint' } : {}),
          fixes: () => (data.isReplaceable ? fixesFor({ model, path, span: mark.span }, data) : []),
        });
      }
    }
  },
  manifest: {
    kinds: ['yaml', 'json', 'toml', 'dotenv', 'text', 'shell', 'package-json'],
    check({ path, text, model, options, report }) {
      if (model.files.isIgnored(path)) return;
      const reported: Span[] = [...ownCredentials(() => text, options('patterns'))];
      for (const span of reported)
        report({ at: span, message: 'file', data: { what: OWN_CREDENTIAL } });
      for (const credential of manifestCredentials(model.files).get(path) ?? []) {
        const { span, what, from, development, shaped, harmless } = credential;
        if (reported.some((one) => contains(span, one) || contains(one, span))) continue;
        reported.push(span);
        // Services to develop against, and env files, which committed-env-file reports as a whole: only what a provider issued.
        const isIssued = shaped && !isPassword(what);
        const isQuiet = harmless || ((development || from === 'env-file') && !isIssued);
        report({
          at: span,
          message: from === 'config-map' ? 'configMap' : 'manifest',
          data: { what: shaped ? `\`${credential.name}\`, ${what},` : what },
          subject: credential.entry.name,
          kinds: isIssued ? PACKAGE_KINDS : APPS,
          ...(isQuiet ? { severity: 'hint' as Severity } : {}),
          fixes: () => manifestSecretFixes(credential, model),
        });
      }
      for (const { span, what, harmless } of shapesOfFile(path, text)) {
        if (reported.some((one) => contains(one, span))) continue;
        report({
          at: span,
          message: 'file',
          data: { what },
          ...(harmless ? { severity: 'hint' } : {}),
        });
      }
    },
  },
  examples: { bad: [...badExamples, ...badFileExamples], good: goodExamples },
});

/** Is a literal of a module one of the server's settings? What reaches a place that takes it is reported as what it is there. */
function isSettingOnly({ path, roles }: ModuleInfo, span: Span, model: ProjectModel): boolean {
  return !roles.has('browser') && isSettingsPath(path) && !isUsed(model, path, span);
}

function withKey(what: string, key: string | undefined): string {
  return key === undefined ? what : `${what} \`${key}\``;
}

/** What an example or a test makes up for itself is known to nobody who matters. */
const APPS = ['app'] as const;

/** A password that somebody chose, as opposed to a key that a provider or a tool made. */
function isPassword(what: string): boolean {
  return what.startsWith('a password in');
}

/** Does a literal reach a place that takes a credential, from any module? */
function isUsed(model: ProjectModel, path: string, span: Span): boolean {
  return [...model.facts.keys()].some((user) =>
    secretUses(user, model).some(
      (use) => use.path === path && use.literal.span.start === span.start,
    ),
  );
}

/** What a settings file says by its own names is reported there. */
function isSaidOfManifest(path: string, { start, end }: Span, model: ProjectModel): boolean {
  return (
    model.files.kind(path) === 'json' &&
    (manifestCredentials(model.files).get(path) ?? []).some(
      ({ span }) => start <= span.start && span.end <= end,
    )
  );
}

interface Place {
  readonly model: ProjectModel;
  readonly path: string;
  readonly span: Span;
  readonly what?: string;
  readonly service?: ServiceKind | undefined;
}

function fixesFor(
  { model, path, span, what, service }: Place,
  shape?: LiteralShape,
): readonly Fix[] {
  if (isOnlyInBrowsers(model.modules.get(path))) return [];
  const party =
    service ??
    (shape?.isUrl === true
      ? SCHEMES[/(?<!\w)\w+(?=:\/\/)/.exec(shape.what)?.[0] ?? '']
      : undefined);
  const isVague = what === undefined || service !== undefined || VAGUE.test(what);
  const kind = shape?.isUrl === true ? 'url' : /password/.test(what ?? '') ? 'password' : 'secret';
  return secretFixes({
    model,
    path,
    span,
    kind,
    subject:
      what === undefined ? (shape?.isUrl === true ? 'the URL' : 'the credential') : `the ${what}`,
    ...(isVague
      ? shape?.what.endsWith('header') === true
        ? { what: 'API token' }
        : {}
      : { what }),
    ...(party === undefined ? {} : { service: party }),
  });
}

/** Of these there are several; the names in the code say which it is. */
const VAGUE = /^(?:OAuth|client|token|API key|password|secret)/;

const SCHEMES: Readonly<Record<string, ServiceKind>> = {
  mongodb: 'mongodb',
  srv: 'mongodb',
  postgres: 'postgres',
  postgresql: 'postgres',
  mysql: 'mysql',
  mariadb: 'mariadb',
  redis: 'redis',
  rediss: 'redis',
  amqp: 'amqp',
  amqps: 'amqp',
  smtp: 'smtp',
  smtps: 'smtp',
};

/** A bundler would put the variable's value into what it sends to browsers: a variable is no remedy there. */
function isOnlyInBrowsers(module: ModuleInfo | undefined): boolean {
  return module?.roles.has('browser') === true;
}

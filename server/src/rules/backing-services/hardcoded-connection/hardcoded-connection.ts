import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import {
  environmentFixes,
  type EnvironmentFixRequest,
} from '../../../fixes/environment/environment-fixes';
import { ts } from '../../../languages/source/ts';
import { literalPosition } from '../../../project/facts/literal-position';
import { marksOf } from '../../../project/facts/marks';
import { onSource } from '../../../project/facts/source-handlers';
import type { ProjectModel } from '../../../project/model';
import { secretShapes } from '../../../project/secrets/shapes';
import { describeConnection, hostClassOf } from '../../../project/services/connection-text';
import {
  fixedConnections,
  type FixedConnection,
} from '../../../project/services/fixed-connections';
import { localDefaults } from '../../../project/services/local-defaults';
import { serviceLabel } from '../../../project/services/service-names';
import { isOnlyMentioned } from '../../../project/values/held-literal';
import { standsIn } from '../../../project/values/stand-ins';
import { CONNECTION_SCHEMES } from '../../../vocabulary/drivers';
import { badExamples } from './bad-examples';
import { goodExamples } from './good-examples';
import { literalConnections, type ConnectionMark } from './literal-connections';
import { manifestConnections } from './manifest-connections';
import { prismaUrlFix } from './prisma-url';

const CONNECTION_STRING = new RegExp(
  `['"\`](?:${CONNECTION_SCHEMES.pattern})[a-z0-9+:]*://[^'"\`\\s]`,
  'i',
);

const MARKS = marksOf<ConnectionMark>('hardcoded-connection');

export default defineRule({
  id: 'hardcoded-connection',
  factor: 'backing-services',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The connection to a backing service is written into code.',
  why: 'A database, cache, queue or mail server is an attached resource. Which one a process talks to is the deploy’s decision: a broken database is replaced, a test gets its own, production moves to a managed one, and none of that may need a change of code. With the connection written down, every deploy shares one service, and a laptop is one `git pull` away from the production data. A URL in the environment is all the coupling there should be.',
  whenNotToUse:
    'For a service that is part of the process by design, such as an in-memory database in a test.',
  fix: 'safe',
  yieldsTo: { 'local-default': 'always' },
  hints: [CONNECTION_STRING],
  scope: {
    include: ['build'],
    modules: 'settings',
    deployment: 'hint-where-unlikely',
    manifests: 'product',
  },
  messages: {
    fixed: 'The {service} at {target} is fixed in code; read the connection from the environment.',
    account:
      'The {service} and the account for it are fixed in code; read the connection from the environment.',
    implicit:
      'Without an address this connects to the {service} on its own machine; read one from the environment.',
  },
  source: [
    onSource(['StringLiteral', 'NoSubstitutionTemplateLiteral'], (node, context) => {
      const { text } = context.syntax;
      if (!CONNECTION_STRING.test(text.slice(node.getStart(context.syntax.sourceFile), node.end)))
        return;
      const position = literalPosition(node, text);
      if (position.use === 'value' && !isOnlyMentioned(node, text) && !isReplaced(node, text))
        MARKS.leave(context, node, { text: node.text, position });
    }),
  ],
  file({ facts, module, model, report }) {
    const seen = new Set<string>();
    for (const found of [
      ...fixedConnections(module, model),
      // `local-default` reports what stands in for a missing variable.
      ...literalConnections(MARKS.of(facts), module).filter(
        ({ span }) => !standsIn(span, module, model),
      ),
    ]) {
      const { path, span, service, part, connection } = found;
      const key = `${path}\0${span.start}`;
      if (seen.has(key) || isOtherFinding(found, model)) continue;
      // What a settings file says by itself is reported there.
      if (
        model.files.kind(path) === 'json' &&
        manifestConnections(path, model).some((one) => overlap(one.span, span))
      )
        continue;
      seen.add(key);
      const label = serviceLabel(service);
      // What a library is made to talk to is the same for all who install it.
      const isLibrary = model.kindOf(path) === 'library';
      const isVendor =
        connection !== undefined &&
        (/^https?$/.test(connection.scheme) || isLibrary) &&
        hostClassOf(connection) === 'vendor';
      const shared = { at: { path, span }, ...(isVendor ? { severity: 'hint' as const } : {}) };
      if (part === 'call')
        report({
          ...shared,
          severity: isVendor ? 'hint' : 'information',
          message: 'implicit',
          data: { service: label },
        });
      else if (connection)
        report({
          ...shared,
          message: 'fixed',
          data: { service: label, target: describeConnection(connection) },
          fixes: () => fixes(found, model),
        });
      else
        report({
          ...shared,
          message: 'account',
          data: { service: label },
          fixes: () => fixes(found, model),
        });
    }
  },
  manifest: {
    kinds: ['json', 'yaml', 'text'],
    check({ path, model, report }) {
      for (const found of manifestConnections(path, model)) {
        if (isOtherFinding(found, model) || isDefault(found, model)) continue;
        const { span, service, connection } = found;
        report({
          at: span,
          message: 'fixed',
          data: {
            service: serviceLabel(service),
            target: connection ? describeConnection(connection) : '',
          },
          fixes: () => (path.endsWith('.prisma') ? [prismaUrlFix(model, path, span)] : []),
        });
      }
    },
  },
  examples: { bad: badExamples, good: goodExamples },
});

/** Does a variable hold it only until something else is assigned? (`let url = '…'; if (x) url = x;`) */
function isReplaced({ parent }: TypeScript.Node, text: string): boolean {
  const api = ts();
  if (!api.isVariableDeclaration(parent) || !api.isIdentifier(parent.name)) return false;
  return new RegExp(
    `(?<![.\\w$])${parent.name.text.replace(/\$/g, '\\$&')}\\s*(?:\\|\\||\\?\\?)?=(?![=>])`,
  ).test(text.slice(parent.end));
}

/** A password in the text is the graver finding, and its fix takes the connection along. */
function isOtherFinding({ path, span, connection }: FixedConnection, model: ProjectModel): boolean {
  if (!connection?.hasPassword) return false;
  const text = model.files.text(path)?.slice(span.start, span.end) ?? '';
  return secretShapes(text).length > 0;
}

/** A setting that only stands in for a missing variable: `process.env.X || config.url`. */
function isDefault({ path, span }: FixedConnection, model: ProjectModel): boolean {
  return [...model.modules.values()].some(
    (module) =>
      module.imports.some(({ path: target }) => target === path) &&
      localDefaults(module, model).some((one) => one.path === path && overlap(one.span, span)),
  );
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

function fixes(found: FixedConnection, model: ProjectModel): readonly Fix[] {
  const { path, span, part, service, connection } = found;
  // One of several hosts cannot be replaced alone.
  if (found.isListed) return [];
  const request: EnvironmentFixRequest = {
    model,
    path,
    span,
    kind: part === 'url' ? 'url' : part === 'user' ? 'user' : 'host',
    subject: part === 'url' ? 'the connection' : part === 'user' ? 'the account' : 'the host',
    service,
  };
  const all = environmentFixes(request);
  // A default would keep the credential in the code.
  return connection?.hasPassword ? all.filter(({ id }) => id === 'env-required') : all;
}

import type { Span } from '../../../base/span';
import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import { environmentFixes } from '../../../fixes/environment/environment-fixes';
import { ts } from '../../../languages/source/ts';
import { literalPosition } from '../../../project/facts/literal-position';
import { marksOf } from '../../../project/facts/marks';
import { onSource } from '../../../project/facts/source-handlers';
import type { ModuleInfo, ProjectModel } from '../../../project/model';
import { configUrls } from '../../../project/urls/config-urls';
import type { UrlText } from '../../../project/urls/url-text';
import { isOnlyLinked, isOnlyMentioned, isParsingBase } from '../../../project/values/held-literal';
import { isInApiDescription } from './api-description';
import { badExamples } from './bad-examples';
import { badOwnExamples } from './bad-own-examples';
import { fixedUrls, type FoundUrl, type UrlMark } from './find';
import { goodExamples } from './good-examples';
import { urlsOfLiteral } from './literal-urls';
import { isFieldOfRecord } from './record';

const MARKS = marksOf<UrlMark>('hardcoded-url');

export default defineRule({
  id: 'hardcoded-url',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'An endpoint that differs between deploys is written into code.',
  why: 'Where the code finds other services, which origins it lets in and how it is reached from outside is exactly what differs between a laptop, a review app, staging and production. A URL in the code ties every deploy to one of them: changing it takes a commit and a build, and a forgotten `localhost` or sandbox address only shows in production. Kept in an environment variable, one build runs anywhere.',
  whenNotToUse:
    'For addresses that are the same in every deploy by their nature and that no test or sandbox ever replaces. Well-known public APIs are only hinted at.',
  fix: 'safe',
  // `http://${USERS_HOST}:4000`: a setting that is named a host is the matter of the rule about hosts.
  yieldsTo: { 'local-default': 'always', 'hardcoded-host': 'always' },
  hints: [
    /['"`](?:https?|wss?|grpcs?):\/\/(?!www\.w3\.org\/)[\w$[]|(?:https?|wss?):\/\/(?:localhost|127\.\d|10\.\d|192\.168\.|172\.\d)/i,
  ],
  // Of builds only what the framework goes by while it serves: see `server-settings`.
  scope: { include: ['browser', 'build'] },
  options: {
    allowedHosts: {
      lists: 'names',
      exempts: 'subject',
      description: 'Hosts that are the same in every deploy and are not reported.',
      example: ['api.partner.example', '*.cdn.example'],
    },
  },
  messages: {
    endpoint:
      '{url} is fixed in code; read the endpoint from the environment, so that each deploy can have its own.',
    origin:
      'The allowed origin {url} is fixed in code; read the origins of this deploy from the environment.',
    callback:
      '{url} is fixed in code; build addresses of this app from a public base URL in the environment.',
    vendor: '{url} is fixed in code; a variable would let tests and sandboxes use another address.',
  },
  source: [
    onSource(
      ['StringLiteral', 'NoSubstitutionTemplateLiteral', 'TemplateExpression'],
      (node, context) => {
        const { sourceFile, text } = context.syntax;
        if (!text.slice(node.pos, node.end).includes('://')) return;
        // A destructuring default stands behind what it is taken from, as `??` does.
        if (ts().isBindingElement(node.parent)) return;
        const urls = urlsOfLiteral(node, sourceFile);
        if (urls.length === 0) return;
        const position = literalPosition(node, text);
        if (position.use === 'key' || position.use === 'type' || isOnlyMentioned(node, text))
          return;
        if (isParsingBase(node, text) || isInApiDescription(node) || isFieldOfRecord(node)) return;
        const linked = isOnlyLinked(node, text) ? ({ isLinked: true } as const) : {};
        for (const url of urls) MARKS.leave(context, url.span, { ...url, position, ...linked });
      },
    ),
  ],
  file({ facts, module, model, report }) {
    for (const found of fixedUrls(MARKS.of(facts), module, model)) {
      const path = found.path ?? module.path;
      if (isSaidOfSettings(path, found.span, model)) continue;
      const { url, use, judgement, span } = found;
      const isQuiet = judgement.verdict === 'vendor' || found.isQuiet;
      report({
        at: { path, span },
        message:
          judgement.verdict === 'vendor'
            ? 'vendor'
            : use === 'origin'
              ? 'origin'
              : use === 'callback' || use === 'link' || use === 'redirect'
                ? 'callback'
                : 'endpoint',
        data: { url: shown(url) },
        subject: url.host,
        ...(isQuiet ? { severity: 'hint' } : {}),
        fixes: () => fixes(found, model.modules.get(path) ?? module, model),
      });
    }
  },
  manifest: {
    kinds: ['json', 'yaml'],
    check({ path, text, model, report }) {
      if (!text.includes('://')) return;
      for (const { span, url, use } of configUrls(path, model))
        report({
          at: span,
          message: use === 'origin' ? 'origin' : use === 'callback' ? 'callback' : 'endpoint',
          data: { url: shown(url) },
          subject: url.host,
        });
    },
  },
  examples: { bad: [...badExamples, ...badOwnExamples], good: goodExamples },
});

function shown({ scheme, host, port }: UrlText): string {
  return `${scheme}://${host}${port === '' ? '' : `:${port}`}`;
}

/** What a settings file says by its own names is reported there. */
function isSaidOfSettings(path: string, { start, end }: Span, model: ProjectModel): boolean {
  return (
    model.files.kind(path) === 'json' &&
    configUrls(path, model).some(({ span }) => start <= span.start && span.end <= end)
  );
}

function fixes(found: FoundUrl, module: ModuleInfo, model: ProjectModel): readonly Fix[] {
  const { url, use, origin, span } = found;
  if (url.hasCredentials || url.host.includes('…') || url.port.includes('…')) return [];
  // Of a request's address only the server varies, not the path.
  const isPathOwn = use === 'request' || use === 'link' || use === 'redirect' || use === 'address';
  const isOrigin = use === 'origin';
  const { path } = module;
  // `format('http://orders%s', domain)`: the name goes on with what is put in.
  if (model.files.piece(path, { start: origin.end, end: origin.end + 1 }) === '%') return [];
  // Of `http://${HOST}:8080` it is the constant that has to change.
  const isHost = !model.files.piece(path, span).includes('://');
  return environmentFixes({
    model,
    path,
    span: isPathOwn && url.rest.length > 1 ? origin : span,
    kind: isOrigin ? 'origin' : isHost ? 'host' : 'url',
    subject: isOrigin ? 'the origin' : isHost ? 'the host' : 'the URL',
    ...(isOrigin ? { what: 'CORS origin' } : {}),
    ...(/^(request|base|proxy|endpoint)$/.test(use) ? { isUpstream: true as const } : {}),
  });
}

import type { Severity } from '../../../base/severity';
import { fileEdit, replacement } from '../../../engine/edits/edits';
import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import { requireVariableFix } from '../../../fixes/environment/required-default';
import { isComposePath, readCompose } from '../../../project/manifests/compose';
import { isComposeForDevelopment } from '../../../project/secrets/compose-purpose';
import { describesConnection } from '../../../project/services/connection-files';
import { isDevelopmentPath } from '../../../project/start/purpose';
import { badExamples } from './bad-examples';
import { secretFallbacks, type SecretFallback } from './fallbacks';
import { goodExamples } from './good-examples';
import { expansionFallbacks, type ExpansionFallback } from './shell-fallbacks';

export default defineRule({
  id: 'secret-fallback',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A literal takes the place of a credential that is not set.',
  why: 'A default for a credential is a credential in the code. The deploy that forgets the variable starts without a word and runs on a secret that everybody with the repository knows: whoever reads it can sign sessions and tokens of that deploy. Without a default the same mistake stops the start, names the variable, and is corrected in a minute. For development, the value belongs into a `.env` that is not committed.',
  whenNotToUse:
    'For the sandbox keys that a provider publishes for everybody, or when something else makes sure that the default never reaches a deploy.',
  marksCredentials: true,
  fix: 'suggest',
  // What reads `process.env`, or imports a library that takes credentials or reads schemas, is parsed anyway.
  hints: [/[A-Z_](?:SECRET|PASSWORD|TOKEN|KEY)\w*['")\]]+\s*(?:\|\||\?\?|,)\s*['"`]/],
  scope: { include: ['build'], manifests: 'product' },
  messages: {
    known:
      'Without `{name}` this literal, which everybody can read, takes its place; require the variable instead.',
    unnamed: 'When the {what} is missing, this literal takes its place; require it instead.',
    useless:
      'Without `{name}` the app starts on a placeholder and fails later; require the variable instead.',
    empty: 'Without `{name}` the app runs with an empty credential; require the variable instead.',
  },
  file({ module, model, report }) {
    // Of what tools are configured with, how to reach the database is the app's own.
    if (module.roles.has('build') && !describesConnection(module.path)) return;
    const isOneOff = module.roles.has('admin') || module.roles.has('cli');
    const isServed = ['web', 'worker', 'clock', 'serverless'].some((role) =>
      module.roles.has(role as never),
    );
    for (const fallback of secretFallbacks(module, model)) {
      const { path, span, name, what, how } = fallback;
      const place = { at: { path, span }, ...(isOneOff && !isServed ? ONE_OFF : severityOf(how)) };
      if (name === undefined) {
        report({ ...place, message: 'unnamed', data: { what } });
        continue;
      }
      // Destructured with a default: what a missing variable does has to be written elsewhere.
      const isBound = /[{,]\s*\w+\s*(?::\s*\w+\s*)?=\s*$/.test(
        model.files.piece(path, { start: Math.max(0, span.start - 80), end: span.start }),
      );
      const fixes = isBound ? [] : [requireVariableFix({ model, path, span, name })];
      report({ ...place, message: how, data: { name }, fixes });
    }
  },
  manifest: {
    kinds: ['shell', 'yaml'],
    check({ path, text, model, report }) {
      const compose = isComposePath(path) ? readCompose(model.files, path) : undefined;
      if (model.files.kind(path) === 'yaml' && !compose) return;
      const isQuiet = compose ? isComposeForDevelopment(compose) : isDevelopmentPath(path);
      for (const found of expansionFallbacks(text)) {
        const { name, how, span } = found;
        report({
          at: span,
          message: how,
          data: { name },
          ...severityOf(how),
          ...(isQuiet ? { severity: 'hint' as const } : {}),
          fixes: [expansionFix(path, found)],
        });
      }
    },
  },
  examples: { bad: badExamples, good: goodExamples },
});

/** What a script uses once, by hand, opens no door of what runs. */
const ONE_OFF: { readonly severity: Severity } = { severity: 'information' };

function severityOf(how: SecretFallback['how']): { readonly severity?: Severity } {
  return how === 'known' ? {} : { severity: 'information' };
}

/** `${X:-default}` → `${X:?X must be set}`, which stops shell and compose alike. */
function expansionFix(path: string, { name, span, nameEnd }: ExpansionFallback): Fix {
  return {
    id: 'require-expansion',
    kind: 'suggest',
    title: `Require \`${name}\`: drop the default`,
    build: () => [
      fileEdit(path, [replacement({ start: nameEnd, end: span.end - 1 }, `:?${name} must be set`)]),
    ],
  };
}

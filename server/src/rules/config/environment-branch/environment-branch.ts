import type * as TypeScript from 'typescript';
import { contains, type Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { lastName } from '../../../base/value-names';
import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import { environmentDefaultFix } from '../../../fixes/environment/environment-fixes';
import { ofNode } from '../../../languages/source/of-node';
import { ts } from '../../../languages/source/ts';
import {
  environmentQuestion,
  holdsInProduction,
  isEnvironmentName,
  isEnvironmentWord,
  isTestWord,
} from '../../../project/environment/environment-name';
import { marksOf } from '../../../project/facts/marks';
import { onSource, type SourceContext } from '../../../project/facts/source-handlers';
import { isPublished } from '../../../project/map/published';
import type { ProjectModel } from '../../../project/model';
import { badExamples } from './bad-examples';
import {
  caseChoice,
  flagChoice,
  ifChoice,
  namedResource,
  ternaryChoice,
  type EnvironmentChoice,
} from './environment-choices';
import { goodExamples } from './good-examples';

interface Noted {
  readonly choice: EnvironmentChoice;
  /** A condition, or the environment's name itself. */
  readonly asked: Value;
  readonly form: 'condition' | 'name';
  /** What is looked up by the name. */
  readonly table?: Value;
}

/** Text of conditions worth evaluating. */
const TELLING =
  /[A-Z]_?ENV(?:IRONMENT)?\b|\bENVIRONMENT\b|\b(?:STAGE|ENV|DEV|PROD|__DEV__)\b|\benv(?:ironment)?(?:\b(?!\s*\.)|['"])|(?:nodeEnv|appEnv|envName)\b|(?:\b|_)(?:is|in|on)_?(?:an?_?)?(?:prod|dev|stag|qa|uat)|\b(?:prod|dev|stag|qa|uat)\w*\b|\bis\w*(?:cloud|hosted|saas)\b|(?:URL|HOST|HOSTNAME|DOMAIN|ORIGIN)\b[^;]*['"]/i;

const MARKS = marksOf<Noted>('environment-branch');

export default defineRule({
  id: 'environment-branch',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The environment’s name decides a setting.',
  why: 'Grouping settings under names such as “production” and “staging” does not scale: the next deploy (a preview, a load test, a second region) needs a new name and a change of code, and nobody can turn one knob without taking the others along. What differs between deploys belongs into variables of its own, each set on its own. The code then asks what to do, not where it is.',
  whenNotToUse:
    'For conveniences of development that no deploy ever wants. Tests, error pages, stack traces and pretty logs are left alone.',
  fix: 'suggest',
  hints: [
    /\b(?:NODE|APP|DEPLOY|SERVER|NEST|VERCEL|NODE_CONFIG)_?ENV(?:IRONMENT)?\b|\b_*(?:is|in|IS)_?(?:prod|dev|stag|qa|uat|PROD|DEV|STAG|QA|UAT|Prod|Dev|Stag|Qa|Uat)|_IS_(?:PROD|DEV|STAG|QA|UAT)|\benv(?:ironment)?\s*[=!]==?|[=!]==?\s*['"](?:prod|dev|stag|qa|uat|PROD|DEV|STAG|QA|UAT)|['"]env['"]\)|\bPRODUCTION\b|\bis\w*(?:Cloud|Hosted|SaaS)\b/,
  ],
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    setting: '`{name}` depends on the environment’s name; give it a variable of its own.',
    value: 'The environment’s name decides this value; give it a variable of its own.',
    service: 'The environment’s name decides what this app connects to; let a variable say it.',
    feature: 'The environment’s name decides what runs here; let a variable say it.',
  },
  source: [
    onSource(['ConditionalExpression'], (node, context) => {
      const { text } = context.syntax;
      let { parent } = node;
      while (ts().isParenthesizedExpression(parent)) ({ parent } = parent);
      // Chains are one choice.
      if (ts().isConditionalExpression(parent) && asksIn(parent.condition)) return;
      if (!asksIn(node.condition)) return;
      const choice = ternaryChoice(node, text);
      if (choice) note(node.condition, 'condition', choice, context);
    }),
    onSource(['IfStatement'], (node, context) => {
      const { text } = context.syntax;
      if (ts().isIfStatement(node.parent) && node.parent.elseStatement === node) return;
      if (!asksIn(node.expression)) return;
      const choice = ifChoice(node, text);
      if (choice) note(node.expression, 'condition', choice, context);
    }),
    onSource(['SwitchStatement'], (node, context) => {
      const { text } = context.syntax;
      if (!asksIn(node.expression)) return;
      const choice = caseChoice(node, text);
      if (choice) note(node.expression, 'name', choice, context);
    }),
    onSource(['PropertyAssignment'], (node, context) => {
      const { kind } = node.initializer;
      const { SyntaxKind } = ts();
      if (kind === SyntaxKind.ConditionalExpression || kind === SyntaxKind.ObjectLiteralExpression)
        return;
      if (!ts().isExpression(node.initializer) || !asksIn(node.initializer)) return;
      const choice = flagChoice(node);
      if (choice) note(node.initializer, 'condition', choice, context);
    }),
    onSource(['ElementAccessExpression'], (node, context) => {
      if (!asksIn(node.argumentExpression)) return;
      const table = context.evaluate(node.expression);
      note(node.argumentExpression, 'name', { weight: 'setting' }, context, table);
    }),
    onSource(['TemplateExpression'], (node, context) => {
      const { text } = context.syntax;
      for (const { expression } of node.templateSpans) {
        const choice = asksIn(expression) && namedResource(node, text);
        if (choice) return note(expression, 'name', choice, context);
      }
    }),
  ],
  judge(mark, { model, module, path, facts, resolve, report }) {
    if (isPublished(module.package)) return;
    // A local stand-in for a real service is the graver matter, and said by rules of its own.
    const isServiceChoice = ['local-vs-remote-branch', 'different-backing-service'].some((id) =>
      facts.marks[id]?.some(({ span }) => span.start === mark.span.start),
    );
    if (isServiceChoice) return;
    const { choice, asked, form, table } = MARKS.data(mark);
    const resolved = resolve(asked);
    const isForDevelopers = form === 'condition' && isLeftOutInProduction(choice, resolved);
    if (form === 'condition' ? !asksForDeploy(resolved) : !isEnvironmentName(resolved)) return;
    if (table && !isTableOfSettings(resolve(table))) return;
    const service = model
      .meanings(path)
      .some(
        ({ meaning, call }) =>
          SERVICES.has(meaning.kind) &&
          choice.branches?.some((branch) => contains(branch, call.span)),
      );
    if (service) return report({ at: mark.span, message: 'service' });
    if (choice.skipped && holdsInProduction(resolved) === false) {
      const work = workIn(choice.skipped, path, model);
      if (work)
        return report({
          at: mark.span,
          message: 'feature',
          ...(work === 'measuring' ? { severity: 'hint' } : {}),
        });
    }
    if (choice.servicesOnly) return;
    const isFeature = choice.weight === 'feature';
    const weight = isFeature || isForDevelopers ? { severity: 'hint' as const } : {};
    if (choice.name === undefined) {
      const message = isFeature ? 'feature' : 'value';
      return report({ at: mark.span, message, ...weight });
    }
    const fixes = variableFixes(choice.name, choice, mark.span, path, model);
    report({ at: mark.span, message: 'setting', data: { name: choice.name }, ...weight, fixes });
  },
  examples: { bad: badExamples, good: goodExamples },
});

/** What code does that the environment's name may skip: work for others, or measuring for oneself; undefined if neither. */
function workIn(
  skipped: Span,
  path: string,
  model: ProjectModel,
): 'work' | 'measuring' | undefined {
  const calls = (model.facts.get(path)?.calls ?? []).filter(({ span }) => contains(skipped, span));
  const works = calls.filter(
    ({ awaited, callee }) => awaited && !QUIET_WORK.test(lastName(callee) ?? ''),
  );
  const sends = model
    .meanings(path)
    .filter(({ meaning, call }) => SENDING.has(meaning.kind) && contains(skipped, call.span));
  if (works.length === 0 && sends.length === 0) return undefined;
  const text = model.files.piece(path, skipped);
  return MEASURING.test(`${path} ${text}`) ? 'measuring' : 'work';
}

/** What only development gets, and production goes without. */
function isLeftOutInProduction({ empty, name = '' }: EnvironmentChoice, condition: Value): boolean {
  return (
    empty !== undefined &&
    !LOG_LEVEL.test(name) &&
    holdsInProduction(condition) === (empty === 'true')
  );
}

/** How much is logged is turned up in production, too, when something is looked for. */
const LOG_LEVEL = /^(?:log_?)?level$/i;

const SENDING: ReadonlySet<string> = new Set(['endpoint', 'producer', 'mail']);
const QUIET_WORK = /^(log|info|warn|error|debug|next|import|json|send|render)$/;
const MEASURING = /telemetry|analytics|posthog|sentry|segment|mixpanel|metrics?\b|tracing/i;

/** Does a condition ask which deploy it is, rather than whether tests run? */
function asksForDeploy(condition: Value): boolean {
  const question = environmentQuestion(condition);
  return question !== undefined && !question.testOnly;
}

/** A variable that decides instead, with the choice as its default. */
function variableFixes(
  name: string,
  { whole, valueType }: EnvironmentChoice,
  condition: Span,
  path: string,
  model: ProjectModel,
): readonly Fix[] {
  if (!whole || !valueType) return [];
  const textAt = (span: Span): string => model.files.piece(path, span);
  // What else the condition asks (an argument, another setting) a variable in front would overrule.
  if (/&&|\|\|/.test(textAt(condition))) return [];
  // Where each side is a variable of its own, a third one helps nobody.
  if (/[?:]\s*(?:\(\s*)?process\.env\b/.test(textAt(whole))) return [];
  return [
    environmentDefaultFix({
      model,
      path,
      span: whole,
      kind: 'value',
      subject: `\`${name}\``,
      ...(name === 'level' ? { what: 'log level' } : {}),
      valueType,
      ...(valueType === 'boolean' ? { form: 'switch' as const } : {}),
    }),
  ];
}

const SERVICES: ReadonlySet<string> = new Set([
  'connect',
  'local-database',
  'session',
  'memory-session-store',
  'memory-store',
  'shared-store',
  'consumer',
  'scheduler',
]);

const asksIn = ofNode((node: TypeScript.Node) => TELLING.test(node.getText()));

function note(
  node: TypeScript.Expression,
  form: Noted['form'],
  choice: EnvironmentChoice,
  context: SourceContext,
  table?: Value,
): void {
  const asked = context.evaluate(node);
  MARKS.leave(context, node, { choice, asked, form, ...(table ? { table } : {}) });
}

/** One setting per environment; whole groups of settings are another rule's finding. */
function isTableOfSettings(table: Value): boolean {
  if (table.kind !== 'object') return false;
  const values = table.properties.filter(({ key }) => isEnvironmentWord(key) && !isTestWord(key));
  return (
    values.length > 0 &&
    values.every(({ value }) => !['object', 'import', 'function'].includes(value.kind))
  );
}

import type { LiteralValue, ParameterValue, Value } from '../../../base/value';
import { rootOf } from '../../../base/value-names';
import {
  argumentAt,
  possibleValues,
  propertyOf,
  readsEnvironment,
  withPath,
} from '../../../base/values';
import { defineRule } from '../../../engine/rule';
import { environmentFixes } from '../../../fixes/environment/environment-fixes';
import type { ProjectModel } from '../../../project/model';
import { isConsole } from '../../../project/processes/served-process';
import { isOverlaid } from '../../../project/values/overlaid';
import { storedSetting } from '../../../project/values/settings';
import { badExamples } from './bad-examples';
import { badReachedExamples } from './bad-reached-examples';
import { goodExamples } from './good-examples';

export default defineRule({
  id: 'hardcoded-port',
  factor: 'port-binding',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A server listens on a port that is fixed in code.',
  why: 'A twelve-factor app is self-contained: it exports its service by binding a port, and the execution environment says which one. A port fixed in code collides as soon as two processes share a host, cannot be given by a platform that assigns ports, and needs a new build to change. With `PORT` from the environment and today’s value as default nothing changes on your machine.',
  whenNotToUse:
    'For a tool that only ever runs on a developer’s machine, or a console that is bound to a well-known port on purpose.',
  fix: 'safe',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    fixed:
      'Port {port} is fixed in code; read it from the environment so that the platform can assign it.',
  },
  meaning(found, context) {
    const { meaning, call } = found;
    if ((meaning.kind !== 'listen' && meaning.kind !== 'server') || meaning.port === undefined)
      return;
    if (call.context.includes('development')) return;
    const value = argumentAt(found.args, meaning.port);
    const literals = value
      ? givenBy(value, context.path, context.model).flatMap((each) =>
          fixedPorts(each, context.path, context.model),
        )
      : [];
    if (literals.length === 0) return;
    const isQuiet = isConsole(found, context.model);
    for (const literal of literals) {
      const path = literal.path ?? context.path;
      if (isOverlaid(path, literal.span, context.model)) continue;
      context.report({
        at: { path, span: literal.span },
        message: 'fixed',
        data: { port: String(literal.value).replace(/^.*:/, '') },
        ...(isQuiet ? { severity: 'hint' } : {}),
        fixes: () =>
          isNumeric(literal)
            ? environmentFixes({
                model: context.model,
                path,
                span: literal.span,
                kind: 'port',
                subject: 'the port',
              })
            : [],
      });
    }
  },
  examples: { bad: [...badExamples, ...badReachedExamples], good: goodExamples },
});

/** What each of several calls gives to a function that listens: `start(app, { port: 3001 })` of every app in a workspace. */
function givenBy(value: Value, path: string, model: ProjectModel): readonly Value[] {
  const root = parameterOf(rootOf(value));
  const sites = root ? model.callSites(root.path ?? path, root.functionId) : [];
  if (!root || sites.length < 2) return [value];
  return sites.flatMap((site) => {
    const argument = site.args[root.index];
    const given = argument && model.resolve(withPath(argument, site.path), site.path);
    return given ? [inPlaceOf(value, given)] : [];
  });
}

/** The parameter itself, or the one that an annotation describes. */
function parameterOf(root: Value): ParameterValue | undefined {
  if (root.kind === 'parameter') return root;
  const given =
    root.kind === 'object' ? root.spreads[0] : root.kind === 'typed' ? root.given : root;
  return given?.kind === 'parameter' ? given : undefined;
}

/** The same members of what a parameter gets. */
function inPlaceOf(value: Value, given: Value): Value {
  if (value.kind !== 'member') return given;
  const object = inPlaceOf(value.object, given);
  const { name = '' } = value;
  return (object.kind === 'object' && propertyOf(object, name)) || { ...value, object };
}

/**
 * The literals that decide the port, one of each module that settings come from; none as soon as anything else may decide.
 */
function fixedPorts(value: Value, path: string, model: ProjectModel): readonly LiteralValue[] {
  const options = possibleValues(value).flatMap((option) => {
    const stored = storedSetting(option, path, model);
    return stored ? possibleValues(stored) : [option];
  });
  const literals: LiteralValue[] = [];
  for (const option of options) {
    if (option.kind !== 'literal') return [];
    if (isPort(option)) literals.push(option);
    else if (
      option.value !== undefined &&
      option.value !== null &&
      option.value !== false &&
      Number(option.value) !== 0
    )
      return [];
  }
  // Chosen by the environment's name: that the choice is made in code is the finding of another rule.
  if (value.kind === 'either' && value.condition && readsEnvironment(value.condition)) return [];
  return literals.filter(
    (literal, index) => literals.findIndex((each) => each.path === literal.path) === index,
  );
}

function isPort({ value }: LiteralValue): boolean {
  const text =
    typeof value === 'string'
      ? /^(?:[\w.-]+:|\[[\da-f:]*\]:)?(\d{1,5})$/i.exec(value)?.[1]
      : undefined;
  const port = typeof value === 'number' ? value : Number(text ?? 0);
  return Number.isInteger(port) && port > 0 && port < 65_536;
}

function isNumeric({ value, direct }: LiteralValue): boolean {
  return direct && !Number.isNaN(Number(value));
}

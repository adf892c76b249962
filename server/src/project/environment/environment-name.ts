import type { CallValue, Value } from '../../base/value';
import { lastName } from '../../base/value-names';
import { possibleValues, unwrapCasts } from '../../base/values';
import { ENVIRONMENTS, PRODUCTION, TESTS, UNMISTAKABLE } from '../../vocabulary/environments';

/** Variables whose value is the name of an environment, not a setting. */
const NAME_VARIABLE =
  /^(NEXT_PUBLIC_|REACT_APP_|VITE_)?((NODE|APP|APPLICATION|DEPLOY|DEPLOYMENT|SERVER|SERVICE|RUNTIME|RUN|VERCEL|NEST|EXPRESS|API|NODE_CONFIG|CURRENT|TARGET)_?(ENV|ENVIRONMENT|STAGE)|ENV|ENVIRONMENT|ENV_NAME|STAGE|ENVIRONMENT_NAME|APP_MODE)$/;
/** Flags that helpers and libraries (envalid, framework configs) derive from the name. */
const FLAG = new RegExp(
  `^(?:__DEV__|_*(?:is|in|running_?in|on)_?(?:an?)?_?(${UNMISTAKABLE.pattern}|${TESTS.pattern})(?:_?(?:env|environment|mode))?)$`,
  'i',
);
/** Variables that say yes or no to the name: `IS_PRODUCTION=true`. */
const NAMED = UNMISTAKABLE.pattern.toUpperCase();
const FLAG_VARIABLE = new RegExp(
  `^(?:\\w+_)?(?:IS|IN)_(${NAMED})(?:_ENV|_MODE)?$|^(${NAMED})(?:_MODE)?$`,
);
/** What holds the name when it cannot be followed to where it is read. */
const NAME_MEMBER = /^(node_?env|app_?env|env|environment|nodeEnvironment|env_?name|stage)$/i;

/** A condition that asks what the environment is called. */
export interface EnvironmentQuestion {
  /** The environments it asks for, in lower case: `production`. */
  readonly environments: readonly string[];
  /** It asks for nothing but whether tests are running. */
  readonly testOnly: boolean;
}

/** Is this the name of an environment, as a word? */
export function isEnvironmentWord(word: string): boolean {
  return ENVIRONMENTS.is(word);
}

/** Is this what a test runner calls its environment? */
export function isTestWord(word: string): boolean {
  return TESTS.is(word);
}

/**
 * Is the value the environment's name: `process.env.NODE_ENV`, `app.get('env')`, a setting that holds it?
 * @param value resolved as far as the project allows
 */
export function isEnvironmentName(value: Value): boolean {
  return possibleValues(value).some((option) => {
    if (option.kind === 'env') return option.name !== undefined && NAME_VARIABLE.test(option.name);
    const key = keyOf(option);
    return (
      key !== undefined && (NAME_VARIABLE.test(key) || NAME_MEMBER.test(key.split('.').pop() ?? ''))
    );
  });
}

/** What a getter is asked for: `app.get('env')`, `configService.get('NODE_ENV')`, `config.util.getEnv('NODE_ENV')`. */
function keyOf(value: Value): string | undefined {
  if (value.kind !== 'call') return undefined;
  const { callee, args } = value;
  if (callee.kind !== 'member' && callee.kind !== 'import') return undefined;
  if (!/^(get\w*|env|str|string)$/.test(lastName(callee) ?? '')) return undefined;
  const [key] = args;
  return key?.kind === 'literal' && typeof key.value === 'string' ? key.value : undefined;
}

/**
 * What a condition asks about the environment's name, through helper flags, negations and connectives.
 * @param value the condition, resolved as far as the project allows
 * @returns undefined when it asks nothing of the kind
 */
export function environmentQuestion(value: Value): EnvironmentQuestion | undefined {
  const environments = asked(value, 0);
  if (environments.length === 0) return undefined;
  return { environments, testOnly: environments.every((name) => TESTS.is(name)) };
}

/**
 * Is a condition about the environment's name true in production?
 * @param value the condition, resolved as far as the project allows
 * @returns undefined when something else decides it as well
 */
export function holdsInProduction(value: Value, depth = 0): boolean | undefined {
  if (depth > 8) return undefined;
  const again = (inner: Value): boolean | undefined => holdsInProduction(inner, depth + 1);
  const inner = unwrapCasts(value);
  if (inner.kind === 'either') {
    const sides = inner.options.map(again);
    if (inner.operator === '&&')
      return sides.includes(false) ? false : sides.every((side) => side === true) || undefined;
    if (inner.operator !== '||') return undefined;
    return sides.includes(true) ? true : sides.every((side) => side === false) ? false : undefined;
  }
  if (inner.kind === 'call' && inner.callee.kind === 'global') {
    const [first] = inner.args;
    const { name } = inner.callee;
    if (name === '!') {
      const negated = first && again(first);
      return negated === undefined ? undefined : !negated;
    }
    if (!/^[!=]==?$/.test(name)) return undefined;
    // `IS_PRODUCTION === 'false'` asks for the opposite.
    const isNo = inner.args.some((arg) => arg.kind === 'literal' && NO.test(String(arg.value)));
    const isAsked = among(compared(inner.args)) ?? among(flagCompared(inner.args));
    return isAsked === undefined ? undefined : isAsked !== (name.startsWith('!') !== isNo);
  }
  return among(asked(inner, depth));
}

const NO = /^(false|0|no|off)$/i;

/** Is production among the environments? Undefined when there are none. */
function among(environments: readonly string[]): boolean | undefined {
  return environments.length === 0 ? undefined : environments.some((name) => PRODUCTION.is(name));
}

function asked(value: Value, depth: number): readonly string[] {
  if (depth > 8) return [];
  const again = (inner: Value): readonly string[] => asked(inner, depth + 1);
  const inner = unwrapCasts(value);
  const named = inner.kind === 'call' ? '' : (lastName(inner) ?? '');
  const flag = FLAG.exec(named) ?? /^(PRODUCTION)$/.exec(named);
  if (flag) return [(flag[1] ?? 'development').toLowerCase()];
  switch (inner.kind) {
    case 'env':
      return flagVariable(inner);
    case 'either':
      // A value that is itself chosen is not a question; only the connectives of conditions are.
      return ['&&', '||', '??', 'assigned'].includes(inner.operator)
        ? inner.options.flatMap(again)
        : [];
    case 'call':
      return inner.callee.kind === 'global' && inner.callee.name === '!'
        ? inner.args.flatMap(again)
        : askedByCall(inner);
    default:
      return [];
  }
}

/** A comparison, `['production', …].includes(env)`, `env.startsWith('prod')`, `isProduction()`, `config.get('PRODUCTION')`. */
function askedByCall(call: CallValue): readonly string[] {
  const { callee, args } = call;
  if (callee.kind === 'global')
    return /^[!=]==?$/.test(callee.name)
      ? [...compared(args), ...flagCompared(args), ...deployCompared(args)]
      : [];
  if (callee.kind === 'member' && callee.name === 'includes' && callee.object.kind === 'array') {
    const isDeploy = callee.object.items.some((item) => deployCompared([...args, item]).length > 0);
    if (isDeploy) return [ITS_OWN];
  }
  if (callee.kind === 'member' && callee.name === 'includes' && callee.object.kind === 'array')
    return args[0] && mayBeName(args[0]) ? words(callee.object.items) : [];
  if (callee.kind === 'member' && /^(startsWith|includes|match|test)$/.test(callee.name ?? ''))
    return mayBeName(callee.object) ? words(args) : [];
  const helper = FLAG.exec(lastName(callee) ?? '');
  return helper ? [(helper[1] ?? 'development').toLowerCase()] : flagVariable(call);
}

/** `NODE_ENV === 'production'`, in either order. */
function compared([left, right]: readonly Value[]): readonly string[] {
  if (!left || !right) return [];
  for (const [name, word] of [
    [left, right],
    [right, left],
  ] as const) {
    const found = words([word]);
    if (found.length > 0 && mayBeName(name)) return found;
  }
  return [];
}

/** `process.env.IS_PRODUCTION === 'true'`, in either order. */
function flagCompared(sides: readonly Value[]): readonly string[] {
  const isSwitch = sides.some(
    (side) =>
      side.kind === 'literal' && /^(true|false|1|0|yes|no|on|off)$/i.test(String(side.value)),
  );
  return isSwitch ? sides.flatMap((side) => flagVariable(unwrapCasts(side))) : [];
}

/** What an app that compares its own address with one in its code asks for: the deploy that its makers run. */
const ITS_OWN = 'production';
const OWN_ADDRESS =
  /^(?:\w+_)?(?:APP|WEB|WEBAPP|SITE|BASE|PUBLIC|SERVER|SELF|OWN|ROOT|NEXTAUTH|AUTH)_?(?:URL|HOST|HOSTNAME|ORIGIN|DOMAIN)$|^(?:URL|HOSTNAME|DOMAIN|ORIGIN)$/;

/** `process.env.APP_URL === 'https://app.acme.io'`, in either order. */
function deployCompared(sides: readonly Value[]): readonly string[] {
  const isOwn = sides.some((side) =>
    possibleValues(unwrapCasts(side)).some((option) =>
      OWN_ADDRESS.test((option.kind === 'env' ? option.name : keyOf(option)) ?? ''),
    ),
  );
  const isFixed = sides.some(
    (side) =>
      side.kind === 'literal' &&
      typeof side.value === 'string' &&
      /^(https?:\/\/)?(?!localhost|127\.)[\w-]+(\.[\w-]+)+(:\d+)?\/?$/.test(side.value),
  );
  return isOwn && isFixed ? [ITS_OWN] : [];
}

function flagVariable(value: Value): readonly string[] {
  const variable = value.kind === 'env' ? value.name : keyOf(value);
  const found = FLAG_VARIABLE.exec(variable ?? '');
  const name = found?.[1] ?? found?.[2];
  return name === undefined ? [] : [name.toLowerCase()];
}

function words(values: readonly Value[]): readonly string[] {
  return values.flatMap(possibleValues).flatMap((value) => {
    if (value.kind === 'literal' && typeof value.value === 'string')
      return isEnvironmentWord(value.value) ? [value.value.toLowerCase()] : [];
    // An enum or constant of names that cannot be followed: `Environment.Production`.
    const name = value.kind === 'member' ? value.name : undefined;
    return name !== undefined && isEnvironmentWord(name) ? [name.toLowerCase()] : [];
  });
}

/** Compared with the name of an environment, a value is one unless it is known to be something else. */
function mayBeName(value: Value): boolean {
  if (isEnvironmentName(value)) return true;
  return possibleValues(value).some((option) => {
    if (option.kind === 'env')
      return /ENV|STAGE|MODE|TARGET|TIER|CLOUD|REGION/i.test(option.name ?? '');
    const name = lastName(option) ?? '';
    return (
      NAME_MEMBER.test(name) ||
      NAME_VARIABLE.test(name) ||
      /^[A-Z]+_(ENV|ENVIRONMENT|STAGE)$/.test(name)
    );
  });
}

import { baseName } from '../../base/paths';
import { textWithHoles } from '../../base/values';
import { isOutsideProduct } from '../../engine/scope';
import {
  isConventional,
  isSuppliedByBundler,
} from '../../project/environment/conventional-variables';
import type { EnvironmentFact } from '../../project/facts/facts';
import type { ProjectModel } from '../../project/model';
import { secretKind } from '../../project/secrets/names';
import { secretShapes } from '../../project/secrets/shapes';

/** A variable that code of the product reads and an example file has to list. */
export interface ContractVariable {
  readonly name: string;
  /** Where it is read first; a schema or config module is where people look. */
  readonly path: string;
  readonly fact: EnvironmentFact;
  /**
   * What becomes of the app without it: it stops or lacks something, some default takes over, or the schema says that it may be
   * left out.
   */
  readonly need: 'needed' | 'default' | 'optional';
}

/** A line of an example file. */
export interface DocumentedVariable {
  readonly name: string;
  /** Today's value as text. */
  readonly value: string;
  /** Credentials get an empty placeholder, so that the value does not reach a tracked file. */
  readonly isSecret: boolean;
  /** Code has a default that no line can say: the line is commented out, so that a copy of the file does not set it. */
  readonly isOptional?: boolean;
}

/** What a server listens on in most examples: better than an empty line, which is no port. */
const USUAL_PORT = '3000';

/**
 * The variables that a deploy has to know of, by name: not those of the system and the platform, nor of tests and tooling.
 * @param isRelevant narrows down where they are read
 */
export function contractVariables(
  model: ProjectModel,
  isRelevant: (path: string) => boolean = () => true,
): readonly ContractVariable[] {
  const isPlatform = model.files.paths.some((path) => /(^|\/)(Procfile|app\.json)$/.test(path));
  return [...model.environment.values()].flatMap(({ name, reads, supplies }) => {
    if (isConventional(name) || !/^[A-Za-z_]\w*$/.test(name)) return [];
    if (name === 'PORT' && isPlatform) return [];
    if (supplies.some(({ path }) => baseName(path) === 'app.json')) return [];
    const own = reads.filter(
      ({ path }) =>
        isProduct(path, model) &&
        isRelevant(path) &&
        !(isSuppliedByBundler(name) && model.modules.get(path)?.roles.has('browser') === true),
    );
    const [first] = own.toSorted((a, b) => rank(a.fact) - rank(b.fact));
    return first ? [{ name, ...first, need: needOf(own.map(({ fact }) => fact)) }] : [];
  });
}

/** What code does about a variable anywhere counts for all: a read that a condition guards needs no default. */
function needOf(facts: readonly EnvironmentFact[]): ContractVariable['need'] {
  if (facts.some(({ required }) => required)) return 'needed';
  if (facts.some(({ fallback, asked }) => fallback !== undefined || asked === true))
    return 'default';
  return facts.some(({ via }) => via === 'schema') ? 'optional' : 'needed';
}

/** The line for a variable: with its default where that is known and no credential. */
export function documented({ name, fact }: ContractVariable): DocumentedVariable {
  const { fallback, operator, via, required } = fact;
  const text = fallback && textWithHoles(fallback);
  const isKnown = text !== undefined && !text.includes('${…}');
  const value = isKnown ? text : name === 'PORT' ? USUAL_PORT : '';
  return {
    name,
    value,
    isSecret: secretKind(name) !== undefined || secretShapes(value).length > 0,
    // Once it is copied, an empty line would win over a default, and fail the check of a format.
    isOptional: fallback ? !isKnown && operator !== '||' : via === 'schema' && !required,
  };
}

function isProduct(path: string, model: ProjectModel): boolean {
  const roles = model.modules.get(path)?.roles;
  return !isOutsideProduct(path) && roles?.has('test') !== true && roles?.has('build') !== true;
}

function rank({ via }: EnvironmentFact): number {
  return via === 'schema' ? 0 : via === 'wrapper' ? 1 : 2;
}

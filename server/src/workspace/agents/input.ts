import { closestName } from '../../base/closest-name';
import type { InputProperty, InputSchema } from './descriptions';

/** What a model, or a person, got wrong; the message says how it is right. */
export class ToolProblem extends Error {}

/**
 * Holds an input against the schema of its tool.
 * @throws ToolProblem
 */
export function checkInput(input: unknown, { properties, required = [] }: InputSchema): void {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new ToolProblem('The input must be an object.');
  for (const name of required)
    if (!(name in input)) throw new ToolProblem(`The input lacks \`${name}\`.`);
  for (const [name, value] of Object.entries(input) as [string, unknown][]) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!property) {
      const names = Object.keys(properties);
      throw new ToolProblem(`There is no \`${name}\`; ${meant(name, names)}`);
    }
    checkValue(name, value, property);
  }
}

/** More names than these are no help. */
const MOST_NAMES = 24;

/** `did you mean X?`, or which there are. */
export function meant(name: string, names: readonly string[]): string {
  const closest = closestName(name, names);
  if (closest !== undefined) return `did you mean ${closest}?`;
  const others = names.length > MOST_NAMES ? ', …' : '.';
  return `there are ${names.slice(0, MOST_NAMES).join(', ')}${others}`;
}

function checkValue(name: string, value: unknown, property: InputProperty): void {
  if (property.type === 'array') {
    if (!Array.isArray(value)) throw new ToolProblem(`\`${name}\` must be a list of strings.`);
    for (const item of value) checkText(name, item, property.items.enum);
  } else if (property.type === 'string') checkText(name, value, property.enum);
  else if (
    typeof value !== 'number' ||
    !Number.isInteger(value) ||
    value < property.minimum ||
    value > property.maximum
  )
    throw new ToolProblem(
      `\`${name}\` must be a whole number from ${property.minimum} to ${property.maximum}.`,
    );
}

function checkText(name: string, value: unknown, choices: readonly string[] | undefined): void {
  if (typeof value !== 'string') throw new ToolProblem(`\`${name}\` must be a string.`);
  if (choices && !choices.includes(value))
    throw new ToolProblem(`\`${name}\` cannot be ${value}; ${meant(value, choices)}`);
}

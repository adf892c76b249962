/** Parts of JSON schemas of what the command line prints. */

/**
 * An object with these fields: the compiler misses what the type has and this does not.
 * @param optional fields that may be missing
 */
export function object<T>(
  properties: Readonly<Record<keyof T & string, object>>,
  optional: readonly (keyof T & string)[] = [],
): object {
  const names = Object.keys(properties) as (keyof T & string)[];
  return {
    type: 'object',
    // A later version may say more.
    additionalProperties: true,
    required: names.filter((name) => !optional.includes(name)),
    properties,
  };
}

export function list(description: string, items: object): object {
  return { description, type: 'array', items };
}

export function text(description: string): object {
  return { description, type: 'string' };
}

export function nullable(description: string): object {
  return { description, type: ['string', 'null'] };
}

export function oneOf(description: string, values: Readonly<Record<string, string>>): object {
  const meanings = Object.entries(values).map(([name, meaning]) => `\`${name}\`: ${meaning}`);
  return { description: `${description}. ${meanings.join('; ')}.`, enum: Object.keys(values) };
}

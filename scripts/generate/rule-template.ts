import type { Factor } from '../../server/src/base/factors';

/**
 * The text of a new rule's file. It loads, and its examples fail until they are written: `at` names text that the example
 * does not contain.
 */
export function ruleTemplate(factor: Factor, id: string): string {
  const example = `{ code: "import express from 'express';\\n", findings: [{ at: 'what is reported' }] }`;
  const nearMiss = `{ title: 'a near miss', code: "import express from 'express';\\n" }`;
  return `import { defineRule } from '../../engine/rule';

export default defineRule({
  id: '${id}',
  factor: '${factor}',
  severity: 'warning',
  since: '0.1.0',
  summary: 'One line for tables: what is wrong.',
  why: 'Why the factor asks for something else, in own words.',
  whenNotToUse: 'Where the rule would be right and yet not help.',
  fix: 'none',
  messages: {
    found: 'One sentence that stands alone: what matched, why it matters, what to do ({callee}).',
  },
  // Different shapes of the same defect, each with exactly the findings it must give.
  examples: {
    bad: [
      ${example},
      ${example},
      ${example},
    ],
    // Near misses: what looks alike and is fine.
    good: [
      ${nearMiss},
      ${nearMiss},
      ${nearMiss},
      ${nearMiss},
      ${nearMiss},
    ],
  },
  // One handler of: source + judge (trees, then marks), meaning and call (what code calls), file, manifest, command, project.
  meaning(meaning, context) {
    context.report({
      at: meaning.call.nameSpan,
      message: 'found',
      data: { callee: meaning.callee },
    });
  },
});
`;
}

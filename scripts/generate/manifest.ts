import { applyEdits, modify, parse, type JSONPath } from 'jsonc-parser';
import { FACTOR_INFOS, factorInfo } from '../../server/src/base/factors';
import { activationEvents } from '../../server/src/base/file-globs';
import { SEVERITIES } from '../../server/src/base/severity';
import type { Rule } from '../../server/src/engine/rule';
import { TOOL_DESCRIPTIONS } from '../../server/src/workspace/agents/descriptions';

/** A titled group of settings, as VS Code shows them. */
interface Section {
  readonly title?: string;
  readonly order?: number;
  readonly properties?: Readonly<Record<string, unknown>>;
}

interface Manifest {
  readonly contributes?: { readonly configuration?: Section | readonly Section[] };
}

const CHOICES = ['default', ...SEVERITIES, 'off'] as const;

/**
 * Puts the settings of factors and rules, the tools of language models, and what starts the extension, into package.json; everything else stays as it is.
 * @param text package.json as it is
 * @returns package.json as it should be
 */
export function manifestText(text: string, rules: readonly Rule[]): string {
  const manifest = parse(text) as Manifest;
  const existing = manifest.contributes?.configuration ?? [];
  const sections: readonly Section[] = Array.isArray(existing)
    ? (existing as readonly Section[])
    : [existing as Section];
  const generated = [factorSection(), ruleSection(rules), optionSection(rules)];
  const titles = new Set(generated.map((section) => section.title));
  const configuration = [...sections.filter((section) => !titles.has(section.title)), ...generated];
  const values: readonly (readonly [JSONPath, unknown])[] = [
    [['activationEvents'], [...activationEvents(), 'onWebviewPanel:twelveFactor.scorecard']],
    [['contributes', 'languageModelTools'], languageModelTools()],
    [['contributes', 'configuration'], configuration],
  ];
  return values.reduce((written, [path, value]) => withValue(written, path, value), text);
}

function languageModelTools(): readonly object[] {
  return TOOL_DESCRIPTIONS.map(([name, { title, summary, description, input }]) => ({
    name,
    displayName: title,
    userDescription: `${summary}.`,
    modelDescription: description,
    inputSchema: input,
    canBeReferencedInPrompt: true,
    // How people name it: `#twelveFactorListFindings`.
    toolReferenceName: name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    icon: '$(checklist)',
    tags: ['twelve-factor'],
  }));
}

function withValue(text: string, path: JSONPath, value: unknown): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  return applyEdits(text, modify(text, path, value, { formattingOptions }));
}

function factorSection(): Section {
  return {
    title: 'Factors',
    order: 20,
    properties: Object.fromEntries(
      FACTOR_INFOS.map(({ factor, numeral, title, url }, order) => [
        `twelveFactor.factors.${factor}`,
        severityProperty(
          order,
          `Severity of every rule of factor [${numeral}. ${title}](${url}) that has no setting of its own.`,
        ),
      ]),
    ),
  };
}

function ruleSection(rules: readonly Rule[]): Section {
  return {
    title: 'Rules',
    order: 30,
    properties: Object.fromEntries(
      rules.map((rule, order) => {
        const { numeral, title, url } = factorInfo(rule.factor);
        return [
          `twelveFactor.rules.${rule.id}`,
          severityProperty(
            order,
            `${rule.summary} By default: ${rule.severity}. ([${numeral}. ${title}](${url}))`,
          ),
        ];
      }),
    ),
  };
}

function optionSection(rules: readonly Rule[]): Section {
  const properties = rules.flatMap(({ id, options = {} }) =>
    Object.entries(options).map(([name, { description, example }]) => [
      `twelveFactor.options.${id}.${name}`,
      {
        type: 'array',
        items: { type: 'string' },
        default: [],
        scope: 'resource',
        markdownDescription: `${description} For example \`${JSON.stringify(example)}\`.`,
      },
    ]),
  );
  return {
    title: 'Options of rules',
    order: 40,
    properties: Object.fromEntries(properties) as Record<string, unknown>,
  };
}

function severityProperty(order: number, markdownDescription: string): object {
  return {
    type: 'string',
    enum: CHOICES,
    default: 'default',
    scope: 'resource',
    order,
    markdownDescription,
  };
}

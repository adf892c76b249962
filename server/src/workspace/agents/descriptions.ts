import { FACTORS } from '../../base/factors';
import { SEVERITIES } from '../../base/severity';

/** What a value of a tool's input may be, as JSON schema. */
export type InputProperty = { readonly description: string } & (
  | { readonly type: 'string'; readonly enum?: readonly string[] }
  | { readonly type: 'integer'; readonly minimum: number; readonly maximum: number }
  | {
      readonly type: 'array';
      readonly items: { readonly type: 'string'; readonly enum?: readonly string[] };
    }
);

/** The input of a tool, as JSON schema. */
export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, InputProperty>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

/** What agents are told of a tool; people see `title` and `summary`. */
export interface ToolDescription {
  readonly title: string;
  readonly summary: string;
  /** What it does, gives and needs; for the model. */
  readonly description: string;
  readonly input: InputSchema;
  /** Does it write files? Then a person is asked before. */
  readonly writes: 'nothing' | 'files';
}

/** How many findings come at once, unless more are asked for. */
export const DEFAULT_LIMIT = 50;
const MOST_FINDINGS = 500;

const folder: InputProperty = {
  type: 'string',
  description: 'Name of the folder; needed only where several are open.',
};
const finding: InputProperty = {
  type: 'string',
  description: 'The fingerprint of a finding, as twelve_factor_list_findings gives it.',
};

function input(
  properties: InputSchema['properties'],
  required: readonly string[] = [],
): InputSchema {
  return {
    type: 'object',
    properties: { ...properties, folder },
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

/** The tools by name, which is the same in editors and over the Model Context Protocol. */
export const TOOLS = {
  twelve_factor_list_findings: {
    title: 'List findings',
    summary: 'Lists where the app breaks the twelve factors',
    description:
      'Lists where a Node.js or TypeScript app breaks the twelve factors (12factor.net): fixed ports, configuration and credentials in code, state in memory, logs in files, processes that do not stop in order and the like. Analyses the files as they are now, and runs nothing. Each finding has a rule, a severity, a path with a range (lines and columns from 1), a message, a fingerprint, and the fixes that there are for it: `safe` ones keep today’s behaviour. Credentials are masked.',
    input: input({
      path: { type: 'string', description: 'Only findings of this file or folder; with `/`.' },
      rules: {
        type: 'array',
        items: { type: 'string' },
        description: 'Only findings of these rules, e.g. `hardcoded-port`.',
      },
      factors: {
        type: 'array',
        items: { type: 'string', enum: FACTORS },
        description: 'Only findings of these factors.',
      },
      severity: {
        type: 'string',
        enum: SEVERITIES,
        description: 'The least severity; `information` by default, which leaves out hints.',
      },
      offset: {
        type: 'integer',
        minimum: 0,
        maximum: 1_000_000,
        description: 'How many to pass over: `next` of the answer before.',
      },
      limit: {
        type: 'integer',
        minimum: 1,
        maximum: MOST_FINDINGS,
        description: `How many at most; ${DEFAULT_LIMIT} by default.`,
      },
    }),
    writes: 'nothing',
  },
  twelve_factor_explain_rule: {
    title: 'Explain a rule',
    summary: 'Explains a rule: the reason, examples, when not to use it',
    description:
      'Gives the page of a rule of twelve_factor_list_findings, as Markdown: what it reports and why, examples of bad and good code, when not to use it, where it looks, and its options.',
    input: {
      type: 'object',
      properties: { rule: { type: 'string', description: 'The rule, e.g. `hardcoded-port`.' } },
      required: ['rule'],
      additionalProperties: false,
    },
    writes: 'nothing',
  },
  twelve_factor_show_map: {
    title: 'Show the process map',
    summary: 'Shows apps with their processes, ports, services and variables',
    description:
      'Gives what each package of a repository is to a deploy (app, library, tool, example, template, test), what says so, and the processes of its apps: entry, command, role, ports, signals, backing services, and the environment variables that they read. Read from manifests and code; nothing is run. Credentials are masked.',
    input: input({
      path: { type: 'string', description: 'Only packages in this folder; with `/`.' },
    }),
    writes: 'nothing',
  },
  twelve_factor_preview_fix: {
    title: 'Preview a fix',
    summary: 'Shows what a fix of a finding would change',
    description:
      'Shows, as a unified diff, what a fix of a finding would change, and changes nothing. Gives `preview`, which twelve_factor_apply_fix needs. Credentials in the diff are masked; the fix itself moves them whole.',
    input: input(
      {
        finding,
        fix: {
          type: 'string',
          description:
            'The id of the fix, of those that the finding lists; the first of them by default.',
        },
      },
      ['finding'],
    ),
    writes: 'nothing',
  },
  twelve_factor_apply_fix: {
    title: 'Apply a fix',
    summary: 'Applies a fix of a finding, after you have agreed',
    description:
      'Applies a fix that twelve_factor_preview_fix has shown, exactly as it was shown: where a file or the finding has changed since, nothing is done. Edits and creates files in the folder that is analysed, nowhere else.',
    input: input(
      {
        finding,
        fix: { type: 'string', description: 'The id of the fix that was previewed.' },
        preview: { type: 'string', description: 'What twelve_factor_preview_fix gave.' },
      },
      ['finding', 'fix', 'preview'],
    ),
    writes: 'files',
  },
} as const satisfies Readonly<Record<string, ToolDescription>>;

export type ToolName = keyof typeof TOOLS;

/** The same, for who goes through all of them. */
export const TOOL_DESCRIPTIONS: readonly (readonly [ToolName, ToolDescription])[] = Object.entries(
  TOOLS,
) as [ToolName, ToolDescription][];

import { formatGithub } from './github';
import { formatGitlab } from './gitlab';
import { formatHtml } from './html/findings';
import { formatJson } from './json';
import { formatJunit } from './junit';
import { formatMarkdown } from './markdown';
import type { RenderOptions, ReportInput } from './report';
import { formatSarif } from './sarif';
import { formatText } from './text';

/** A form of the report. */
interface ReportFormat {
  /** Machines get everything and choose; people get what they asked for. */
  readonly readBy: 'machines' | 'people';
  /** Is it printed what fixes change? */
  readonly edits?: true;
  render(input: ReportInput, options: RenderOptions): string;
}

const TABLE = {
  text: { readBy: 'people', render: formatText },
  json: { readBy: 'machines', render: formatJson },
  sarif: { readBy: 'machines', edits: true, render: formatSarif },
  github: {
    readBy: 'people',
    render: (input: ReportInput, { prefix }: RenderOptions) => formatGithub(input, prefix),
  },
  gitlab: {
    readBy: 'people',
    render: (input: ReportInput, { prefix }: RenderOptions) => formatGitlab(input, prefix),
  },
  junit: { readBy: 'people', render: formatJunit },
  markdown: { readBy: 'people', render: formatMarkdown },
  html: { readBy: 'people', render: formatHtml },
} as const satisfies Readonly<Record<string, ReportFormat>>;

export type Format = keyof typeof TABLE;

/** Every form that a report of findings has, by name. */
export const REPORT_FORMATS: Readonly<Record<Format, ReportFormat>> = TABLE;

export const FORMATS = Object.keys(TABLE) as readonly Format[];

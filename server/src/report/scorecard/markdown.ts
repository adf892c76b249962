import { markdownCode, markdownMessage } from '../escape';
import { portText } from '../map-text';
import type { PlaceLinks } from '../html/page';
import type { AppCard, Evidence, FactorCard, Scorecard } from './scorecard';

type PlaceText = (place: Pick<Evidence, 'path' | 'line'>) => string;

/**
 * The scorecard as Markdown, for a job summary or a wiki.
 * @param linkTo where places lead; without it they lead nowhere
 */
export function scorecardMarkdown(
  { apps, changes, others, notAnalysed }: Scorecard,
  linkTo?: PlaceLinks,
): string {
  const place: PlaceText = ({ path, line }) => {
    const text = markdownCode(`${path}:${line}`);
    return linkTo === undefined ? text : `[${text}](${linkTo(path, line)})`;
  };
  const findingText = (one: FactorCard['against'][number]): string => {
    const accepted = one.isAccepted ? ', accepted' : '';
    return `${one.severity}${accepted}: ${markdownMessage(one.says)} ${place(one)}`;
  };
  const sections = ['# Twelve-Factor scorecard'];
  if (apps.length === 0) sections.push('No app was found here: nothing is known to be deployed.');
  if (changes) {
    const { baseline, fresh, gone } = changes;
    sections.push(
      '## Since the baseline',
      `Compared with ${markdownCode(baseline)}: ${fresh.length} new, ${gone.length} gone.`,
      ...(fresh.length > 0 ? [fresh.map((one) => `- new: ${findingText(one)}`).join('\n')] : []),
      ...(gone.length > 0
        ? [
            gone
              .map(({ rule, path }) => `- gone: ${markdownCode(rule)} in ${markdownCode(path)}`)
              .join('\n'),
          ]
        : []),
    );
  }
  for (const app of apps) sections.push(...appSections(app, place, findingText));
  if (others.length > 0)
    sections.push('## Beside the apps', others.map((one) => `- ${findingText(one)}`).join('\n'));
  if (notAnalysed.length > 0)
    sections.push(
      '## Not analysed',
      notAnalysed
        .map(({ path, reason }) => `- ${markdownCode(path)}: ${markdownMessage(reason)}`)
        .join('\n'),
    );
  return `${sections.join('\n\n')}\n`;
}

function appSections(
  { title, path, factors, processes, variables }: AppCard,
  placeText: PlaceText,
  findingText: (one: FactorCard['against'][number]) => string,
): string[] {
  const marks = factors.map(({ info, mark, for: strengths, against, why }) => {
    const said = mark === 'unknown' ? 'nothing found either way' : mark;
    const partly = mark === 'broken' && strengths.length > 0 ? ' in part' : '';
    const factor = `[${info.numeral}. ${info.title}](${info.url})`;
    const pro = strengths.map((one) => `${markdownMessage(one.says)} ${placeText(one)}`);
    return row([
      factor,
      `${said}${partly}${why === undefined ? '' : `: ${markdownMessage(why)}`}`,
      pro.join('<br>'),
      against.map(findingText).join('<br>'),
    ]);
  });
  const running = processes.map((process) =>
    row([
      markdownMessage(process.name),
      process.role,
      process.entry === undefined ? '' : markdownCode(process.entry),
      process.command === undefined ? '' : markdownCode(process.command),
      markdownMessage(process.ports.map(portText).join('; ')),
      process.signals.join(', '),
      process.services.join(', '),
    ]),
  );
  const contract = variables.map(({ name, hasDefault, isDocumented, reads, supplies }) =>
    row([
      markdownCode(name),
      hasDefault ? 'yes' : 'no',
      isDocumented ? 'yes' : 'no',
      reads.map(placeText).join(' '),
      supplies.map((one) => `${markdownMessage(one.says)} ${placeText(one)}`).join(' '),
    ]),
  );
  return [
    `## ${markdownMessage(title)} (${markdownCode(path)})`,
    table(['Factor', 'Mark', 'For', 'Against'], marks),
    ...(running.length > 0
      ? [
          '### Processes',
          table(['Process', 'Role', 'Entry', 'Command', 'Ports', 'Signals', 'Services'], running),
        ]
      : []),
    ...(contract.length > 0
      ? [
          '### Environment',
          table(['Variable', 'Has a default', 'Documented', 'Read at', 'Supplied by'], contract),
        ]
      : []),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly string[]): string {
  return [row(head), row(head.map(() => '---')), ...rows].join('\n');
}

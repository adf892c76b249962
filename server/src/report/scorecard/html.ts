import { htmlText } from '../escape';
import { htmlMessage, htmlPage, htmlPlace, htmlTable } from '../html/page';
import { processDiagram } from './diagram';
import { portText } from '../map-text';
import type { AppCard, Evidence, FactorCard, Scorecard } from './scorecard';

/** The scorecard as a page that stands alone. */
export function scorecardHtml(card: Scorecard): string {
  const { apps, changes, others, notAnalysed } = card;
  const links = apps.map(
    ({ title }, index) => `<li><a href="#app-${index}">${htmlText(title)}</a></li>`,
  );
  const parts = [
    apps.length === 0
      ? '<p>No app was found here: nothing is known to be deployed.</p>'
      : `<nav aria-label="Apps"><ul>${links.join('')}</ul></nav>`,
    ...(changes ? [changesSection(changes)] : []),
    ...apps.map((app, index) => appSection(app, index)),
    ...(others.length > 0
      ? [`<section>\n<h2>Beside the apps</h2>\n${findingList(others)}\n</section>`]
      : []),
    ...(notAnalysed.length > 0
      ? [
          `<section>\n<h2>Not analysed</h2>\n<ul>${notAnalysed
            .map(
              ({ path, reason }) => `<li><code>${htmlText(path)}</code> ${htmlText(reason)}</li>`,
            )
            .join('\n')}</ul>\n</section>`,
        ]
      : []),
  ];
  return htmlPage('Twelve-Factor scorecard', parts.join('\n'));
}

function changesSection({ baseline, fresh, gone }: NonNullable<Scorecard['changes']>): string {
  const lost = gone.map(
    ({ rule, path, text }) =>
      `<li><code>${htmlText(rule)}</code> in <code>${htmlText(path)}</code> ${htmlText(text)}</li>`,
  );
  return [
    '<section>',
    `<h2>Since the baseline</h2>`,
    `<p>Compared with <code>${htmlText(baseline)}</code>: ${fresh.length} new, ${gone.length} gone.</p>`,
    ...(fresh.length > 0 ? ['<h3>New</h3>', findingList(fresh)] : []),
    ...(lost.length > 0 ? ['<h3>Gone</h3>', `<ul>${lost.join('\n')}</ul>`] : []),
    '</section>',
  ].join('\n');
}

function appSection(app: AppCard, index: number): string {
  const { title, path, factors, processes, variables } = app;
  const rows = factors.map((factor) => [
    `<a href="${factor.info.url}">${htmlText(`${factor.info.numeral}. ${factor.info.title}`)}</a>`,
    markCell(factor),
    evidenceList(factor.for, 'for'),
    factor.against.length === 0 ? '' : findingList(factor.against),
  ]);
  const running = processes.map((process) => [
    htmlText(process.name),
    htmlText(process.role),
    process.entry === undefined ? '' : `<code>${htmlText(process.entry)}</code>`,
    process.command === undefined ? '' : `<code>${htmlText(process.command)}</code>`,
    htmlText(process.ports.map(portText).join('; ')),
    htmlText(process.signals.join(', ')),
    htmlText(process.services.join(', ')),
  ]);
  const contract = variables.map(({ name, hasDefault, isDocumented, reads, supplies }) => [
    `<code>${htmlText(name)}</code>`,
    hasDefault ? 'yes' : 'no',
    isDocumented ? 'yes' : 'no',
    reads.map(({ path: at, line }) => htmlPlace(at, line)).join(' '),
    supplies
      .map(({ says, path: at, line }) => `${htmlText(says)} ${htmlPlace(at, line)}`)
      .join(' '),
  ]);
  const tables = [
    htmlTable('The twelve factors', ['Factor', 'Mark', 'For', 'Against'], rows),
    ...(running.length > 0
      ? [
          '<h3>Processes</h3>',
          processDiagram(app, `diagram-${index}`),
          htmlTable(
            'What a deploy runs',
            ['Process', 'Role', 'Entry', 'Command', 'Ports', 'Signals', 'Services'],
            running,
          ),
        ]
      : []),
    ...(contract.length > 0
      ? [
          '<h3>Environment</h3>',
          htmlTable(
            'Variables that its code reads',
            ['Variable', 'Has a default', 'Documented', 'Read at', 'Supplied by'],
            contract,
          ),
        ]
      : []),
  ];
  return `<section id="app-${index}" aria-labelledby="app-${index}-title">\n<h2 id="app-${index}-title">${htmlText(title)} <code class="dim">${htmlText(path)}</code></h2>\n${tables.join('\n')}\n</section>`;
}

const CLASSES: Readonly<Record<FactorCard['mark'], string>> = {
  kept: 'for',
  broken: 'against',
  unknown: 'dim',
  'not applicable': 'dim',
};

function markCell({ mark, why, for: strengths }: FactorCard): string {
  const said = mark === 'unknown' ? 'nothing found either way' : mark;
  const partly = mark === 'broken' && strengths.length > 0 ? ' in part' : '';
  const reason = why === undefined ? '' : `<br><span class="dim">${htmlText(why)}</span>`;
  return `<span class="${CLASSES[mark]}">${said}${partly}</span>${reason}`;
}

function evidenceList(list: readonly Evidence[], kind: string): string {
  if (list.length === 0) return '';
  const items = list.map(
    ({ says, path, line }) =>
      `<li><span class="${kind}">${htmlText(says)}</span> ${htmlPlace(path, line)}</li>`,
  );
  return `<ul>${items.join('')}</ul>`;
}

function findingList(list: FactorCard['against']): string {
  const items = list.map(
    ({ says, path, line, severity, isAccepted }) =>
      `<li><span class="${severity}">${severity}</span>${isAccepted ? ' <span class="dim">accepted</span>' : ''} ${htmlMessage(says)} ${htmlPlace(path, line)}</li>`,
  );
  return `<ul>${items.join('')}</ul>`;
}

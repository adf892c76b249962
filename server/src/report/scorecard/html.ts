import { htmlText } from '../escape';
import { htmlMessage, htmlPage, htmlPlace, htmlTable, type PlaceLinks } from '../html/page';
import { processDiagram } from './diagram';
import { portText } from '../map-text';
import type { AppCard, Evidence, FactorCard, Scorecard } from './scorecard';

/** The title of every page that shows a scorecard. */
export const SCORECARD_TITLE = 'Twelve-Factor scorecard';

/**
 * The scorecard as a page that stands alone.
 * @param linkTo where places lead; without it they lead nowhere
 */
export function scorecardHtml(card: Scorecard, linkTo?: PlaceLinks): string {
  return htmlPage(SCORECARD_TITLE, scorecardBody(card, { linkTo, id: 'app' }));
}

/** How a scorecard becomes a part of a page. */
export interface ScorecardPart {
  readonly linkTo: PlaceLinks | undefined;
  /** What ids begin with, so that several scorecards have a page in common. */
  readonly id: string;
}

/** What stands below the title of a scorecard. */
export function scorecardBody(card: Scorecard, { linkTo, id }: ScorecardPart): string {
  const { apps, changes, others, notAnalysed } = card;
  const links = apps.map(
    ({ title }, index) => `<li><a href="#${id}-${index}">${htmlText(title)}</a></li>`,
  );
  const toHtml = new Places(linkTo);
  const parts = [
    apps.length === 0
      ? '<p>No app was found here: nothing is known to be deployed.</p>'
      : `<nav aria-label="Apps"><ul>${links.join('')}</ul></nav>`,
    ...(changes ? [changesSection(changes, toHtml)] : []),
    ...apps.map((app, index) => appSection(app, `${id}-${index}`, toHtml)),
    ...(others.length > 0
      ? [`<section>\n<h2>Beside the apps</h2>\n${toHtml.findings(others)}\n</section>`]
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
  return parts.join('\n');
}

function changesSection(
  { baseline, fresh, gone }: NonNullable<Scorecard['changes']>,
  toHtml: Places,
): string {
  const lost = gone.map(
    ({ rule, path, text }) =>
      `<li><code>${htmlText(rule)}</code> in <code>${htmlText(path)}</code> ${htmlText(text)}</li>`,
  );
  return [
    '<section>',
    `<h2>Since the baseline</h2>`,
    `<p>Compared with <code>${htmlText(baseline)}</code>: ${fresh.length} new, ${gone.length} gone.</p>`,
    ...(fresh.length > 0 ? ['<h3>New</h3>', toHtml.findings(fresh)] : []),
    ...(lost.length > 0 ? ['<h3>Gone</h3>', `<ul>${lost.join('\n')}</ul>`] : []),
    '</section>',
  ].join('\n');
}

function appSection(app: AppCard, id: string, toHtml: Places): string {
  const { title, path, factors, processes, variables } = app;
  const rows = factors.map((factor) => [
    `<a href="${factor.info.url}">${htmlText(`${factor.info.numeral}. ${factor.info.title}`)}</a>`,
    markCell(factor),
    toHtml.evidence(factor.for),
    factor.against.length === 0 ? '' : toHtml.findings(factor.against),
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
    reads.map((place) => toHtml.place(place)).join(' '),
    supplies.map((place) => `${htmlText(place.says)} ${toHtml.place(place)}`).join(' '),
  ]);
  const tables = [
    htmlTable('The twelve factors', ['Factor', 'Mark', 'For', 'Against'], rows),
    ...(running.length > 0
      ? [
          '<h3>Processes</h3>',
          processDiagram(app, `${id}-diagram`),
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
  return `<section id="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${htmlText(title)} <code class="dim">${htmlText(path)}</code></h2>\n${tables.join('\n')}\n</section>`;
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

/** Writes statements with their places. */
class Places {
  constructor(private readonly linkTo: PlaceLinks | undefined) {}

  place({ path, line }: Pick<Evidence, 'path' | 'line'>): string {
    return htmlPlace(path, line, this.linkTo);
  }

  evidence(list: readonly Evidence[]): string {
    if (list.length === 0) return '';
    const items = list.map(
      (one) => `<li><span class="for">${htmlText(one.says)}</span> ${this.place(one)}</li>`,
    );
    return `<ul>${items.join('')}</ul>`;
  }

  findings(list: FactorCard['against']): string {
    const items = list.map((one) => {
      const { says, severity, isAccepted } = one;
      const accepted = isAccepted ? ' <span class="dim">accepted</span>' : '';
      return `<li><span class="${severity}">${severity}</span>${accepted} ${htmlMessage(says)} ${this.place(one)}</li>`;
    });
    return `<ul>${items.join('')}</ul>`;
  }
}

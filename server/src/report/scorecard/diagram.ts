import { htmlText } from '../escape';
import type { AppCard } from './scorecard';

const BOX = { width: 220, height: 34, gap: 14, between: 180, margin: 8 };

/** How much of a name a box holds. */
const LONGEST = 28;

/** The processes of an app and the services that they use, as a picture that says in words what it shows. */
export function processDiagram({ title, processes }: AppCard, id: string): string {
  const services = [...new Set(processes.flatMap((one) => one.services))].sort();
  if (processes.length === 0) return '';
  const { width, height, gap, between, margin } = BOX;
  const rows = Math.max(processes.length, services.length);
  const tall = rows * (height + gap) + margin * 2 - gap;
  const wide = width * 2 + between + margin * 2;
  const top = (index: number): number => margin + index * (height + gap);
  const right = margin + width + between;
  const box = (x: number, y: number, text: string): string =>
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/><text x="${x + 10}" y="${y + 22}">${htmlText(cut(text))}</text>`;
  const shapes = [
    ...processes.map(({ role, name }, index) => box(margin, top(index), `${role}: ${name}`)),
    ...services.map((service, index) => box(right, top(index), service)),
    ...processes.flatMap((process, index) =>
      process.services.map((service) => {
        const to = top(services.indexOf(service)) + height / 2;
        const from = top(index) + height / 2;
        const x = margin + width;
        return `<path d="M${x} ${from}C${x + 90} ${from} ${right - 90} ${to} ${right} ${to}"/>`;
      }),
    ),
  ];
  const said = processes.map(({ role, name, services: used }) => {
    const what = used.length > 0 ? `uses ${used.join(', ')}` : 'uses no known service';
    return `${role} ${name} ${what}`;
  });
  return `<svg role="img" aria-labelledby="${id}-title ${id}-text" viewBox="0 0 ${wide} ${tall}" width="${wide}" height="${tall}" xmlns="http://www.w3.org/2000/svg">
<title id="${id}-title">${htmlText(`Processes and services of ${title}`)}</title>
<desc id="${id}-text">${htmlText(said.join('; '))}</desc>
${shapes.join('\n')}
</svg>`;
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

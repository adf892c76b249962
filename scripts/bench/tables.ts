import { median, table } from './measure';
import type { Outcome } from './rounds';

/** Where there is nothing to say. */
const NOTHING = '–';

/** A contestant and what became of it. */
export interface Result {
  readonly name: string;
  readonly outcome: Outcome;
  /** How many it says it has read; undefined where it does not say. */
  readonly files?: number | undefined;
}

/** Medians of all runs; NaN where nothing was measured. */
export interface Medians {
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMiB: number;
}

export function medians({ samples }: Outcome): Medians {
  const usages = samples.flatMap(({ usage }) => usage ?? []);
  return {
    ms: median(samples.map(({ ms }) => ms)),
    cpuMs: median(usages.map(({ cpuMs }) => cpuMs)),
    peakMiB: median(usages.map(({ peakMiB }) => peakMiB)),
  };
}

/**
 * Compares contestants on one folder.
 * @param results the first is the yardstick
 */
export function folderTable(results: readonly Result[]): string {
  const yardstick = medians(results[0]?.outcome ?? { samples: [] });
  const rows = results.map(({ name, outcome, files }) => {
    const { ms, cpuMs, peakMiB } = medians(outcome);
    return [
      name,
      number(files ?? Number.NaN, 0),
      number(ms, 0),
      number(ms / yardstick.ms, 2),
      number(cpuMs, 0),
      number(cpuMs / yardstick.cpuMs, 2),
      number(peakMiB, 0),
      cellOf(outcome.failure),
    ];
  });
  const notes = results.flatMap(({ name, outcome: { failure } }) =>
    failure === undefined || failure === cellOf(failure) ? [] : [`${name}: ${failure}`],
  );
  const head = ['', 'files', 'ms', '÷ parse', 'CPU ms', '÷ parse', 'peak MiB', ''];
  const width = results.every(({ outcome }) => outcome.failure === undefined) ? -1 : head.length;
  return [table([head, ...rows].map((row) => row.slice(0, width))), ...notes].join('\n');
}

/** What fits into a cell; longer reasons are told below the table. */
function cellOf(failure: string | undefined): string {
  return (failure ?? '').length <= 20 ? (failure ?? '') : 'failed';
}

/** What a contestant needed for so many copies. */
export interface GrowthStep {
  readonly copies: number;
  /** Source files in all copies. */
  readonly files: number;
  readonly outcomes: readonly { readonly name: string; readonly outcome: Outcome }[];
}

/**
 * Whether twice the code takes twice the time: the times for one source file, by how much they exceed those of a single copy, and what
 * each file took that was added since the line above, which the start of a process does not flatter.
 * @param steps the first is what the others are compared with
 */
export function growthTable(steps: readonly GrowthStep[]): string {
  const names = steps[0]?.outcomes.map(({ name }) => name) ?? [];
  const rows = names.flatMap((name, which) => {
    const points = steps.map(({ copies, files, outcomes }) => ({
      copies,
      files,
      ...medians(outcomes[which]?.outcome ?? { samples: [] }),
    }));
    return points.map((point, index) => [
      index === 0 ? name : '',
      `×${point.copies}`,
      number(point.files, 0),
      ...growthCells('ms', point, points[0], points[index - 1]),
      ...growthCells('cpuMs', point, points[0], points[index - 1]),
      number(point.peakMiB, 0),
    ]);
  });
  const times = ['ms', '/file', 'growth', '/added'];
  return table([
    ['', 'copies', 'files', ...times, `CPU ${times[0]}`, ...times.slice(1), 'MiB'],
    ...rows,
  ]);
}

type Point = Medians & { readonly files: number };

function growthCells(
  time: 'ms' | 'cpuMs',
  point: Point,
  first: Point | undefined,
  before: Point | undefined,
): readonly string[] {
  const each = point[time] / point.files;
  const cells = [number(point[time], 0), number(each, 2)];
  if (!first || !before) return [...cells, '', ''];
  const added = (point[time] - before[time]) / (point.files - before.files);
  return [...cells, percent(growth(each, first[time] / first.files)), number(added, 2)];
}

/** 0.1 where something has become a tenth more. */
export function growth(now: number, before: number): number {
  return now / before - 1;
}

function percent(share: number): string {
  const text = number(share * 100, 0);
  return text === NOTHING ? text : `${share > 0 && text !== '0' ? '+' : ''}${text} %`;
}

function number(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : NOTHING;
}

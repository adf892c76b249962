/** The twelve factors, in the order of 12factor.net. */
export const FACTORS = [
  'codebase',
  'dependencies',
  'config',
  'backing-services',
  'build-release-run',
  'processes',
  'port-binding',
  'concurrency',
  'disposability',
  'dev-prod-parity',
  'logs',
  'admin-processes',
] as const;
export type Factor = (typeof FACTORS)[number];

/** How a factor is presented to people. */
export interface FactorInfo {
  readonly factor: Factor;
  /** I to XII. */
  readonly numeral: string;
  /** As the chapter is called on 12factor.net. */
  readonly title: string;
  /** The chapter's address. */
  readonly url: string;
}

const TITLES: Readonly<Record<Factor, readonly [numeral: string, title: string]>> = {
  codebase: ['I', 'Codebase'],
  dependencies: ['II', 'Dependencies'],
  config: ['III', 'Config'],
  'backing-services': ['IV', 'Backing services'],
  'build-release-run': ['V', 'Build, release, run'],
  processes: ['VI', 'Processes'],
  'port-binding': ['VII', 'Port binding'],
  concurrency: ['VIII', 'Concurrency'],
  disposability: ['IX', 'Disposability'],
  'dev-prod-parity': ['X', 'Dev/prod parity'],
  logs: ['XI', 'Logs'],
  'admin-processes': ['XII', 'Admin processes'],
};

/**
 * The name, number and chapter of a factor.
 * @returns e.g. `{ numeral: 'III', title: 'Config', url: 'https://12factor.net/config' }`
 */
export function factorInfo(factor: Factor): FactorInfo {
  const [numeral, title] = TITLES[factor];
  return { factor, numeral, title, url: `https://12factor.net/${factor}` };
}

/** All factors with their names, in the order of the manifesto. */
export const FACTOR_INFOS: readonly FactorInfo[] = FACTORS.map(factorInfo);

/** True for the id of a factor, e.g. from a settings file. */
export function isFactor(text: string): text is Factor {
  return (FACTORS as readonly string[]).includes(text);
}

/** A line of releases of a software, and the last day that it is repaired. */
interface ReleaseLine {
  /** As image tags name it: a major where minors keep what they store, else major and minor. */
  readonly version: string;
  /** ISO date. */
  readonly endOfLife: string;
  /** Meant for production: with long-term support, where the software tells lines apart by that. */
  readonly longTerm: boolean;
}

/** The day that the table below was read from the makers' own schedules. The analysis has no clock: this is its today. */
export const RELEASES_AS_OF = '2026-11-01';

const lines = (text: string): readonly ReleaseLine[] =>
  text.split(' ').map((line) => {
    const [version = '', endOfLife = ''] = line.split('@');
    return {
      version: version.replace('~', ''),
      endOfLife,
      longTerm: !version.endsWith('~'),
    };
  });

/** By the name of the official image, newest first; `~` marks lines without long-term support. */
const LINES: Readonly<Record<string, readonly ReleaseLine[]>> = {
  node: lines(
    '26@2029-04-30 25~@2026-06-01 24@2028-04-30 23~@2025-06-01 22@2027-04-30 21~@2024-06-01 20@2026-04-30 19~@2023-06-01 18@2025-04-30',
  ),
  postgres: lines(
    '18@2030-11-14 17@2029-11-08 16@2028-11-09 15@2027-11-11 14@2026-11-12 13@2025-11-13 12@2024-11-21',
  ),
  mysql: lines('8.4@2032-04-30 8.0@2026-04-30 5.7@2023-10-31'),
  mariadb: lines(
    '11.8@2028-06-04 11.4@2029-05-29 10.11@2028-02-16 10.6@2026-07-06 10.5@2025-06-24 10.4@2024-06-18',
  ),
  mongo: lines(
    '8.0@2029-10-31 7.0@2027-08-31 6.0@2025-07-31 5.0@2024-10-31 4.4@2024-02-29 4.2@2023-04-30',
  ),
  redis: lines('8@2030-12-31 7.4@2026-11-30 7.2@2026-02-28 6.2@2025-02-28 6.0@2022-05-31'),
  rabbitmq: lines('4@2028-12-31 3.13@2024-09-30 3.12@2024-06-30'),
};

/**
 * Is a version of a software still repaired?
 * @param software the name of its official image
 * @param version as an image tag or a version file states it: `22`, `16.4`, `4`. Of a major alone, its newest line counts.
 * @returns undefined for software and versions that nothing is known of
 */
export function isSupported(software: string, version: string): boolean | undefined {
  const known = LINES[software];
  if (!known) return undefined;
  const major = (text: string): string => text.split('.')[0] ?? '';
  const line = known.find((one) => `${version}.`.startsWith(`${one.version}.`));
  const newestOfMajor = known.find((one) => major(one.version) === major(version));
  // Of a major that has several lines, one that is not listed is older than those.
  const found = line ?? (version.includes('.') ? undefined : newestOfMajor);
  if (found ?? newestOfMajor) return found !== undefined && found.endOfLife >= RELEASES_AS_OF;
  return Number(major(version)) < Number(major(known.at(-1)?.version ?? '')) ? false : undefined;
}

/** The newest line for production that is still repaired, among those that something allows. */
export function newestRelease(
  software: string,
  allows: (version: string) => boolean = () => true,
): string | undefined {
  return LINES[software]?.find(
    ({ version, endOfLife, longTerm }) =>
      longTerm && endOfLife >= RELEASES_AS_OF && allows(version),
  )?.version;
}

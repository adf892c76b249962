import { describe, expect, it } from 'vitest';
import type { AppProcess } from '../../server/src/project/map/processes';
import type { MappedPackage, ProjectMap } from '../../server/src/project/map/project-map';
import { formatMapMermaid } from '../../server/src/report/map-mermaid';
import { formatMapText, portText } from '../../server/src/report/map-text';

function process(more: Partial<AppProcess>): AppProcess {
  return {
    name: 'web',
    role: 'web',
    entry: undefined,
    command: undefined,
    ports: [],
    signals: [],
    services: [],
    variables: [],
    ...more,
  };
}

function mapOf(...packages: readonly Partial<MappedPackage>[]): ProjectMap {
  return {
    packages: packages.map((one) => ({
      path: '',
      name: undefined,
      kind: 'app',
      evidence: [],
      processes: [],
      ...one,
    })),
  };
}

const text = (map: ProjectMap): string => formatMapText(map, () => 'a\nb\n', 'never');

describe('formatMapText', () => {
  it('says what is known of a process', () => {
    const processes = [
      process({
        entry: 'server.js',
        command: 'node server.js',
        ports: [{ variable: 'PORT', value: 3000 }, { value: 9090 }],
        signals: ['SIGTERM'],
        services: ['postgres', 'redis'],
        variables: ['PORT', 'DATABASE_URL'],
      }),
      process({ role: 'worker', name: 'mails', variables: ['REDIS_URL'] }),
      process({ role: 'clock', name: 'nightly' }),
    ];
    expect(text(mapOf({ processes }))).toBe(`app (1)

  .
    web web: entry server.js; runs \`node server.js\`; port PORT, else 3000, 9090; handles SIGTERM; uses postgres, redis; reads 2 variables
    worker mails: reads 1 variable
    clock nightly: nothing more is known of it

1 package: 1 app.
`);
  });

  it('gives the place of what speaks for a kind, and against it', () => {
    const span = { start: 2, end: 3 };
    const evidence = [
      { path: 'Procfile', span, says: 'Procfile starts it', for: 'app' },
      { path: 'package.json', span, says: 'published', for: 'library' },
    ] as const;
    expect(text(mapOf({ path: 'apps/a', name: 'a', evidence }))).toContain(
      [
        '  apps/a  a',
        '      Procfile starts it  Procfile:2',
        '      published (speaks for library)  package.json:2',
      ].join('\n'),
    );
  });

  it('puts apps first', () => {
    const map = mapOf({ path: 'a', kind: 'test' }, { path: 'b' }, { path: 'c', kind: 'library' });
    expect(text(map).match(/^\w+ \(1\)/gm)).toEqual(['app (1)', 'library (1)', 'test (1)']);
  });

  it('colours headings only when asked to', () => {
    const map = mapOf({});
    expect(formatMapText(map, () => '', 'always')).toContain('\u001b[');
    expect(text(map)).not.toContain('\u001b[');
  });
});

describe('portText', () => {
  it('names what says the port', () => {
    expect(portText({ variable: 'PORT' })).toBe('PORT');
    expect(portText({ value: 80 })).toBe('80');
    expect(portText({ variable: 'PORT', value: 80 })).toBe('PORT, else 80');
  });
});

describe('formatMapMermaid', () => {
  it('draws apps, their processes and one node for each service', () => {
    const processes = [
      process({ services: ['redis', 'postgres'] }),
      process({ role: 'worker', name: 'mails', services: ['redis'] }),
    ];
    expect(formatMapMermaid(mapOf({ name: 'shop', processes }))).toBe(`flowchart LR
  subgraph app0 ["shop"]
    app0p0["web: web"]
    app0p1["worker: mails"]
  end
  app0p0 --> service_redis
  app0p0 --> service_postgres
  app0p1 --> service_redis
  service_postgres[("postgres")]
  service_redis[("redis")]
`);
  });

  it('escapes quotes in names', () => {
    const chart = formatMapMermaid(
      mapOf({ name: 'the "shop"', processes: [process({ name: 'a "b"' })] }),
    );
    expect(chart).toContain('["the #quot;shop#quot;"]');
    expect(chart).toContain('["web: a #quot;b#quot;"]');
  });

  it('shows apps that are only files, and no other packages', () => {
    expect(formatMapMermaid(mapOf({ path: 'site' }, { path: 'lib', kind: 'library' }))).toBe(
      'flowchart LR\n  subgraph app0 ["site"]\n    app0p0["files"]\n  end\n',
    );
  });
});

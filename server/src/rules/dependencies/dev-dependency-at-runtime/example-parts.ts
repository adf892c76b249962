// What the examples of dev-dependency-at-runtime have in common.

export const manifest = (extra: object): string =>
  JSON.stringify(
    { name: 'app', private: true, scripts: { start: 'node src/server.js' }, ...extra },
    null,
    2,
  ) + '\n';

// What the examples of in-process-scheduler have in common.

export const manifest = (scripts: object, dependencies: object = {}): string =>
  JSON.stringify({ name: 'shop', private: true, scripts, dependencies }, null, 2) + '\n';

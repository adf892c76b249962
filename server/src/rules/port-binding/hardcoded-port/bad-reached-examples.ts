import type { BadExample } from '../../../engine/rule';

const app = (dependencies: object): string =>
  JSON.stringify({
    name: 'app',
    private: true,
    scripts: { start: 'node server.js' },
    dependencies,
  });

/** Where `listen` is not called on what was made beside it. */
export const badReachedExamples: readonly BadExample[] = [
  {
    title: 'bound with its port, out of a container, under another name of the package',
    files: {
      'a/package.json': app({ express: '4' }),
      'a/server.js': `const app = require('express')();
const start = app.listen.bind(app, 8080);
start(() => console.log('up'));
`,
      'b/package.json': app({ express: '4', awilix: '12' }),
      'b/server.js': `const { createContainer, asFunction } = require('awilix');
const container = createContainer();
container.register({ app: asFunction(require('./app')).singleton() });
container.resolve('app').listen(8081);
`,
      'b/app.js': `module.exports = () => require('express')();
`,
      'c/package.json': app({ web: 'npm:fastify@^5.0.0' }),
      'c/server.js': `const fastify = require('web')();
fastify.listen({ port: 8082, host: '0.0.0.0' });
`,
    },
    findings: [
      { at: '8080', path: 'a/server.js' },
      { at: '8081', path: 'b/server.js' },
      { at: '8082', path: 'c/server.js' },
    ],
  },
  {
    title: 'a wrapper of the workspace that each app gives its port',
    files: {
      'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*", "apps/*"] }',
      'packages/boot/package.json':
        '{ "name": "@acme/boot", "version": "1.0.0", "main": "src/index.ts", "dependencies": { "express": "4" } }',
      'packages/boot/src/index.ts': `import { createServer, type RequestListener } from 'node:http';
export interface Options {
  port: number;
  name: string;
}
export function boot(app: RequestListener, options: Options): void {
  createServer(app).listen(options.port, () => console.log(options.name));
}
`,
      ...Object.fromEntries(
        ['a', 'b'].flatMap((name, index) => [
          [
            `apps/${name}/package.json`,
            JSON.stringify({
              name,
              private: true,
              scripts: { start: 'node src/main.js' },
              dependencies: { '@acme/boot': 'workspace:*', express: '4' },
            }),
          ],
          [
            `apps/${name}/src/main.js`,
            `const { boot } = require('@acme/boot');\nboot(require('express')(), { port: 300${String(index + 1)}, name: '${name}' });\n`,
          ],
        ]),
      ),
    },
    findings: [
      { at: '3001', path: 'apps/a/src/main.js' },
      { at: '3002', path: 'apps/b/src/main.js' },
    ],
  },
];

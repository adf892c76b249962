import type { BadExample } from '../../../engine/rule';
import { image, manifest } from './example-parts';

export const badExamples: readonly BadExample[] = [
  {
    title: 'plain words in shell form',
    files: { 'package.json': manifest, Dockerfile: image('CMD node dist/server.js --port 80') },
    findings: [{ at: 'CMD node dist/server.js --port 80', path: 'Dockerfile' }],
    fixed: { exec: { Dockerfile: image('CMD ["node", "dist/server.js", "--port", "80"]') } },
  },
  {
    title: 'npm as the first process',
    files: { 'package.json': manifest, Dockerfile: image('CMD ["npm", "start"]') },
    findings: [{ at: 'CMD ["npm", "start"]', path: 'Dockerfile' }],
    fixed: { direct: { Dockerfile: image('CMD ["node", "dist/server.js"]') } },
  },
  {
    title: 'a chain needs a shell',
    files: { 'package.json': manifest, Dockerfile: image('CMD npm run migrate && npm start') },
    findings: [{ at: 'CMD npm run migrate && npm start', path: 'Dockerfile' }],
    fixed: {
      direct: { Dockerfile: image('CMD npm run migrate && exec node dist/server.js') },
    },
  },
  {
    title: 'a package script that sets variables, and one that starts a package’s own server',
    files: {
      'package.json': JSON.stringify({
        name: 'app',
        private: true,
        scripts: {
          start: 'cross-env NODE_ENV=production node --enable-source-maps dist/server.js',
          'start:pages': 'next start -p 8080',
        },
        dependencies: { next: '15.0.0' },
      }),
      Dockerfile: image('CMD yarn start'),
      'pages.Dockerfile': image('CMD ["npm", "run", "start:pages"]'),
    },
    findings: [
      { at: 'CMD yarn start', path: 'Dockerfile' },
      { at: 'CMD ["npm", "run", "start:pages"]', path: 'pages.Dockerfile' },
    ],
    fixed: {
      direct: {
        Dockerfile: image(
          'ENV NODE_ENV=production\nCMD ["node", "--enable-source-maps", "dist/server.js"]',
        ),
        'pages.Dockerfile': image('CMD ["node_modules/.bin/next", "start", "-p", "8080"]'),
      },
    },
  },
  {
    title: 'a shell for a variable',
    files: {
      'package.json': manifest,
      Dockerfile: image('CMD NODE_ENV=production node dist/server.js --port $PORT'),
    },
    findings: [
      {
        at: 'CMD NODE_ENV=production node dist/server.js --port $PORT',
        path: 'Dockerfile',
      },
    ],
    fixed: {
      'replace-shell': {
        Dockerfile: image('CMD NODE_ENV=production exec node dist/server.js --port $PORT'),
      },
    },
  },
  {
    title: 'a package manager in compose',
    files: {
      'package.json': manifest,
      Dockerfile: image('CMD ["node", "dist/server.js"]'),
      'docker-compose.yml':
        'services:\n  web:\n    build: .\n    command: npm start # as before\n    ports: [3000]\n',
    },
    findings: [{ at: 'npm start', path: 'docker-compose.yml', severity: 'information' }],
    fixed: {
      direct: {
        'docker-compose.yml':
          'services:\n  web:\n    build: .\n    command: node dist/server.js # as before\n    ports: [3000]\n',
      },
      init: {
        'docker-compose.yml':
          'services:\n  web:\n    build: .\n    command: npm start # as before\n    ports: [3000]\n    init: true\n',
      },
    },
  },
  {
    title: 'an entrypoint script without exec',
    files: {
      'package.json': manifest,
      'docker-entrypoint.sh': '#!/bin/sh\nset -e\nnode dist/server.js\n',
      Dockerfile: image('ENTRYPOINT ["./docker-entrypoint.sh"]'),
    },
    findings: [{ at: 'node dist/server.js', path: 'docker-entrypoint.sh' }],
    fixed: {
      'replace-shell': {
        'docker-entrypoint.sh': '#!/bin/sh\nset -e\nexec node dist/server.js\n',
      },
    },
  },
  {
    title: 'a package script without exec in an entrypoint script',
    files: {
      'package.json': manifest,
      'startup.sh': '#!/usr/bin/env bash\nset -e\n./wait-for-it.sh db:5432\nnpm start\n',
      Dockerfile: image('COPY startup.sh /opt/startup.sh\nCMD ["/opt/startup.sh"]'),
    },
    findings: [{ at: 'npm start', path: 'startup.sh' }],
    fixed: {
      direct: {
        'startup.sh':
          '#!/usr/bin/env bash\nset -e\n./wait-for-it.sh db:5432\nexec node dist/server.js\n',
      },
    },
  },
  {
    title: 'a package manager that an entrypoint script hands over to',
    files: {
      'package.json': manifest,
      'docker-entrypoint.sh': '#!/bin/sh\nset -e\n./wait-for-it.sh db:5432\nexec "$@"\n',
      Dockerfile: image('ENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["npm", "start"]'),
    },
    findings: [{ at: 'CMD ["npm", "start"]', path: 'Dockerfile' }],
    fixed: {
      direct: {
        Dockerfile: image('ENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["node", "dist/server.js"]'),
      },
    },
  },
  {
    title: 'a shell loop in compose',
    files: {
      'package.json': manifest,
      Dockerfile: image('CMD ["node", "dist/server.js"]'),
      'docker-compose.yml':
        'services:\n  web:\n    build: .\n    command: sh -c "until nc -z db 5432; do sleep 1; done; node dist/server.js"\n',
    },
    findings: [
      {
        at: 'sh -c "until nc -z db 5432; do sleep 1; done; node dist/server.js"',
        path: 'docker-compose.yml',
      },
    ],
  },
  {
    title: 'any language',
    files: { Dockerfile: 'FROM python:3.12\nCMD python app.py\n' },
    findings: [{ at: 'CMD python app.py', path: 'Dockerfile' }],
    fixed: { exec: { Dockerfile: 'FROM python:3.12\nCMD ["python", "app.py"]\n' } },
  },
  {
    title: 'BusyBox’s shell hands over to a single command, and to no other',
    files: {
      'package.json': manifest,
      Dockerfile: 'FROM node:22-alpine\nCOPY . .\nCMD node dist/server.js\n',
      'worker.Dockerfile': 'FROM node:22-alpine\nCOPY . .\nCMD echo start && node dist/server.js\n',
    },
    findings: [
      { at: 'CMD node dist/server.js', path: 'Dockerfile', severity: 'hint' },
      { at: 'CMD echo start && node dist/server.js', path: 'worker.Dockerfile' },
    ],
  },
  {
    title: 'a shell in exec form that starts several',
    files: {
      Dockerfile: `FROM node:22
WORKDIR /app
COPY . .
CMD ["sh", "-c", "node prepare.js && (node worker.js & node server.js)"]
`,
      'prepare.js': '',
      'worker.js': '',
      'server.js': '',
    },
    findings: [
      {
        at: 'CMD ["sh", "-c", "node prepare.js && (node worker.js & node server.js)"]',
        path: 'Dockerfile',
        message:
          '`sh -c` is the container’s first process and keeps SIGTERM from the app; start the app itself, or `exec` it.',
      },
    ],
  },
  {
    title: 'an entrypoint whose function starts what it is given',
    files: {
      'package.json': manifest,
      Dockerfile: image('ENTRYPOINT ["./entry.sh"]\nCMD ["node", "dist/server.js"]'),
      'entry.sh': '#!/bin/sh\nmain() {\n  echo up\n  "$@"\n}\nmain "$@"\n',
    },
    findings: [{ at: 'main "$@"', path: 'entry.sh' }],
  },
  {
    title: 'a script that starts several, and says so at its end',
    files: {
      Dockerfile: image('CMD ["sh", "start.sh"]'),
      'start.sh': '#!/bin/sh\nnode worker.js &\nnode server.js\necho "The server has ended."\n',
      'worker.js': '',
      'server.js': '',
    },
    findings: [{ at: 'node server.js', path: 'start.sh' }],
  },
  {
    title: 'a script in front that hands over, to one that does not',
    files: {
      Dockerfile: image('ENTRYPOINT ["sh", "./user.sh"]\nCMD ["sh", "./run.sh"]'),
      'user.sh': '#!/bin/sh\nmkdir -p data\nexec su-exec app "$@"\n',
      'run.sh': '#!/bin/sh\nmkdir -p cache\nnode dist/server.js\n',
    },
    findings: [{ at: 'node dist/server.js', path: 'run.sh' }],
  },
  {
    title: 'npm in the container of an image that a script of the repository builds',
    files: {
      'package.json': manifest,
      'build-image.sh': '#!/bin/sh\ndocker build -t acme/shop .\n',
      'tools/proxy/Dockerfile': 'FROM nginx:1.29\n',
      Dockerfile: image('RUN npm ci'),
      'docker-compose.yml':
        'services:\n  web:\n    image: acme/shop:1.2.3\n    working_dir: /app\n    command: ["npm", "start"]\n',
    },
    findings: [{ at: '["npm", "start"]', path: 'docker-compose.yml', severity: 'information' }],
  },
  {
    title: 'a shell that prepares in a script and ends with npm',
    files: {
      'package.json': manifest,
      'scripts/prepare.sh': 'echo ready\n',
      Dockerfile: image(
        'ENTRYPOINT ["/bin/bash", "-c", ". ./scripts/prepare.sh && npm run start"]',
      ),
    },
    findings: [
      {
        at: 'ENTRYPOINT ["/bin/bash", "-c", ". ./scripts/prepare.sh && npm run start"]',
        path: 'Dockerfile',
      },
    ],
  },
  {
    title: 'a service of s6-overlay whose script stays in front',
    files: {
      'package.json': manifest,
      'root/etc/services.d/web/run': '#!/usr/bin/with-contenv sh\ncd /app\nnode dist/server.js\n',
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCOPY root /\nENTRYPOINT ["/init"]\n',
    },
    findings: [{ at: 'node dist/server.js', path: 'root/etc/services.d/web/run' }],
  },
];

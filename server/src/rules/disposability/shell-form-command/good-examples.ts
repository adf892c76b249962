import type { GoodExample } from '../../../engine/rule';
import { image, manifest } from './example-parts';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'exec form',
    files: {
      'package.json': manifest,
      Dockerfile: image('ENTRYPOINT ["node"]\nCMD ["dist/server.js"]'),
    },
  },
  {
    title: 'exec in front',
    files: {
      'package.json': manifest,
      Dockerfile: image('CMD exec node dist/server.js'),
      'entry.sh': '#!/bin/sh\nexec node dist/server.js\n',
    },
  },
  {
    title: 'exec at the end of a chain',
    files: {
      'package.json': manifest,
      Dockerfile: image('CMD node scripts/wait.js && exec node dist/server.js --port $PORT'),
    },
  },
  {
    title: 'an entrypoint script that ends in exec',
    files: {
      'package.json': manifest,
      'entry.sh': '#!/bin/sh\nset -e\nif [ -n "$WAIT" ]; then\n  sleep 1\nfi\nexec "$@"\n',
      Dockerfile: image('ENTRYPOINT ["./entry.sh"]\nCMD ["node", "dist/server.js"]'),
    },
  },
  {
    title: 'a script that starts nothing',
    files: {
      'package.json': manifest,
      'docker-entrypoint.sh':
        '#!/bin/bash\ndockerize -wait tcp://db:5432\necho "The database is up"\n',
      Dockerfile: image('ENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["npm", "start"]'),
    },
  },
  {
    title: 'an init in front',
    files: {
      'package.json': manifest,
      Dockerfile: image('ENTRYPOINT ["tini", "--"]\nCMD ["npm", "start"]'),
    },
  },
  {
    title: 'init in compose',
    files: {
      'package.json': manifest,
      Dockerfile: image('CMD ["node", "dist/server.js"]'),
      'docker-compose.yml':
        'services:\n  web:\n    build: .\n    init: true\n    command: sh -c "sleep 1; node dist/server.js"\n',
    },
  },
  {
    title: 'health checks and build stages',
    files: {
      'package.json': manifest,
      Dockerfile:
        'FROM node:22 AS build\nRUN npm ci\nCMD npm test\nFROM node:22\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1\nCMD ["node", "dist/server.js"]\n',
    },
  },
  {
    title: 'a development image',
    files: { 'package.json': manifest, 'Dockerfile.dev': image('CMD npm run dev') },
  },
  {
    title: 'a string that compose splits itself',
    files: {
      'package.json': manifest,
      Dockerfile: image('CMD ["node", "dist/server.js"]'),
      'docker-compose.yml':
        'services:\n  web:\n    build: .\n    command: node dist/server.js --verbose\n',
    },
  },
  {
    title: 'a shell in exec form that hands over',
    files: {
      Dockerfile: `FROM node:22 AS one
WORKDIR /app
CMD ["sh", "-c", "node server.js"]
FROM node:22
WORKDIR /app
CMD ["/bin/sh", "-ec", "node prepare.js && exec node server.js"]
`,
      'prepare.js': '',
      'server.js': '',
    },
  },
  {
    title: 'an entrypoint whose function takes the shell’s place',
    files: {
      'package.json': manifest,
      Dockerfile: image('ENTRYPOINT ["./entry.sh"]\nCMD ["node", "dist/server.js"]'),
      'entry.sh': '#!/bin/sh\nmain() {\n  echo up\n  exec "$@"\n}\nmain "$@"\n',
    },
  },
  {
    title: 'a script that passes on what it is sent',
    files: {
      Dockerfile: image('CMD ["sh", "start.sh"]'),
      'start.sh':
        "#!/bin/sh\nnode worker.js &\nworker=$!\nnode server.js &\nserver=$!\ntrap 'kill -TERM $worker $server' TERM\nwait $server\n",
      'worker.js': '',
      'server.js': '',
    },
  },
  {
    title: 'a service of s6-overlay that gives way, and a program of supervisord',
    files: {
      'package.json': manifest,
      'root/etc/services.d/web/run':
        '#!/usr/bin/with-contenv sh\ncd /app\nexec node dist/server.js\n',
      'supervisord.conf':
        '[supervisord]\nnodaemon=true\n\n[program:worker]\ncommand=node dist/worker.js\n',
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCOPY root /\nENTRYPOINT ["/init"]\n',
    },
  },
];

import { addIgnorePatterns } from '../../engine/fixes/lines';
import type { Fix } from '../../engine/finding';
import { defineRule } from '../../engine/rule';
import { dockerFlag } from '../../languages/dockerfile';
import { copyPaths } from '../../languages/dockerfile-stages';
import {
  envFilesInContext,
  isLiveEnvFile,
  usesEnvFiles,
} from '../../project/images/env-files-in-context';
import { imageValues } from '../../project/images/image-values';
import { releaseImages, type ReleaseImage } from '../../project/images/release-images';
import { copyOf, ships } from '../../project/images/shipped-files';
import type { ProjectModel } from '../../project/model';
import { baseName, folderOf } from '../../project/paths';
import { isDevelopmentPath } from '../../project/start/purpose';

export default defineRule({
  id: 'baked-in-image',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'An image contains credentials or the settings of one deploy.',
  why: 'One build is to run in every deploy, so that what was tested is what goes live. An image with addresses of one deploy in it runs right only there, and every change means a new build. Credentials in an image are known to whoever can pull it: `ENV`, build arguments and copied files stay in its layers and its history, also when a later layer deletes them. What varies belongs into the environment of the container.',
  whenNotToUse:
    'For values that are the same in every deploy and give nothing away, and in images that never leave a developer’s machine.',
  fix: 'safe',
  messages: {
    secret:
      '`{name}` is part of the image for everybody who pulls it; set it when the container starts, and rotate it.',
    argument:
      'The build argument `{name}` stays in the history of the image; mount it as a build secret instead.',
    setting: '`{name}` ties the image to one deploy; set it when the container starts.',
    copied:
      'The env file {file} is copied into the image; set its variables when the container starts.',
    context:
      'This copies {file} into the image when it lies in the build context; exclude env files in {ignore}.',
  },
  project({ model, report }) {
    for (const image of releaseImages(model)) {
      if (image.stage !== image.syntax.stages.at(-1)) continue;
      const found = envFilesInContext(image, model).find(({ path }) => ships(image, path) === true);
      const copy = found && copyOf(image, found.path);
      if (!found || !copy || copiesByName(copy) !== undefined) continue;
      const isSure = found.certainty === 'there' || usesEnvFiles(image, model);
      report({
        at: { path: image.path, span: copy.span },
        message: 'context',
        data: { file: found.path, ignore: image.ignoreFile },
        ...(isSure ? {} : { severity: 'information' }),
        fixes: [ignoreFix(image, model)],
      });
    }
  },
  manifest: {
    kinds: ['dockerfile'],
    check({ path, model, report }) {
      const syntax = model.files.dockerfile(path);
      if (!syntax || isDevelopmentPath(path) || /(^|\/)\.(devcontainer|gitpod)/.test(path)) return;
      for (const { pair, kind, isIntermediate } of imageValues(syntax)) {
        const isQuiet = isIntermediate && kind !== 'secret';
        report({
          at: pair.span,
          message: kind,
          data: { name: pair.name },
          ...(isQuiet ? { severity: 'hint' } : {}),
        });
      }
      for (const copy of syntax.stages.flatMap(({ instructions }) => instructions)) {
        const file = copiesByName(copy);
        if (file !== undefined) report({ at: copy.span, message: 'copied', data: { file } });
      }
    },
  },
  examples: {
    bad: [
      {
        title: 'the whole context, with an env file that git ignores',
        files: {
          Dockerfile: `FROM node:22-alpine
WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev
COPY . .
CMD ["node", "server.js"]
`,
          '.gitignore': `node_modules
.env
`,
          '.dockerignore': `node_modules
.git
`,
          'server.js': `require('dotenv').config();
`,
        },
        findings: [
          {
            at: 'COPY . .',
            path: 'Dockerfile',
            message:
              'This copies .env into the image when it lies in the build context; exclude env files in .dockerignore.',
          },
        ],
        fixed: {
          dockerignore: {
            '.dockerignore': `node_modules
.git
.env*
!.env.example
`,
          },
        },
      },
      {
        title: 'files that are there, in several folders; no ignore file yet',
        files: {
          Dockerfile: `FROM node:22-alpine AS build
WORKDIR /src
ADD /. /src
RUN npm ci && npm run build

FROM node:22-alpine
WORKDIR /app
COPY --from=build /src .
CMD ["node", "api/server.js"]
`,
          'compose.env': `DATABASE_HOST=mysql
`,
          'api/.env.production': `API_URL=https://api.acme.io
`,
          'api/.env.example': `API_URL=
`,
          'package.json': `{ "name": "shop", "private": true }
`,
        },
        findings: [{ at: 'ADD /. /src', path: 'Dockerfile' }],
        fixed: {
          dockerignore: {
            '.dockerignore': `**/.env*
!**/.env.example
compose.env
`,
          },
        },
      },
      {
        title: 'copied by name',
        files: {
          Dockerfile: `FROM node:22-alpine
WORKDIR /app
COPY package.json .env.production ./
COPY config/live.env /etc/app.env
CMD ["node", "server.js"]
`,
        },
        findings: [
          {
            at: 'COPY package.json .env.production ./',
            path: 'Dockerfile',
            message:
              'The env file .env.production is copied into the image; set its variables when the container starts.',
          },
          { at: 'COPY config/live.env /etc/app.env', path: 'Dockerfile' },
        ],
      },
      {
        title: 'credentials and addresses as variables of the image',
        files: {
          Dockerfile: `FROM node:22-alpine
ARG NPM_TOKEN
ENV NODE_ENV=production PORT=3000
ENV JWT_SECRET=changeme
ENV DATABASE_URL="postgres://shop:hunter2@db.acme.io/shop" \\\\
    REDIS_HOST=redis.acme.io
ENV API_BASE_URL https://api.acme.io/v2
CMD ["node", "server.js"]
`,
        },
        findings: [
          {
            at: 'NPM_TOKEN',
            path: 'Dockerfile',
            message:
              'The build argument \`NPM_TOKEN\` stays in the history of the image; mount it as a build secret instead.',
          },
          {
            at: 'JWT_SECRET=changeme',
            path: 'Dockerfile',
            message:
              '\`JWT_SECRET\` is part of the image for everybody who pulls it; set it when the container starts, and rotate it.',
          },
          { at: 'DATABASE_URL="postgres://shop:hunter2@db.acme.io/shop"', path: 'Dockerfile' },
          {
            at: 'REDIS_HOST=redis.acme.io',
            path: 'Dockerfile',
            message:
              '\`REDIS_HOST\` ties the image to one deploy; set it when the container starts.',
          },
          { at: 'API_BASE_URL https://api.acme.io/v2', path: 'Dockerfile' },
        ],
      },
      {
        title:
          'git ignores an env file that nothing else speaks of; an argument of an earlier stage',
        files: {
          Dockerfile: `FROM node:22-alpine AS deps
ARG REGISTRY_TOKEN
RUN npm ci

FROM node:22-alpine
COPY . /app
CMD ["node", "/app/server.js"]
`,
          '.gitignore': `.env
`,
        },
        findings: [
          { at: 'REGISTRY_TOKEN', path: 'Dockerfile', severity: 'hint' },
          { at: 'COPY . /app', path: 'Dockerfile', severity: 'information' },
        ],
      },
    ],
    good: [
      {
        title: 'excluded',
        files: {
          Dockerfile: `FROM node:22-alpine
COPY . /app
CMD ["node", "/app/server.js"]
`,
          '.dockerignore': `**/.env*
!**/.env.example
`,
          '.env': `JWT_SECRET=abc
`,
          '.gitignore': `.env
`,
        },
        ignored: ['.env'],
      },
      {
        title: 'only what is named is let in',
        files: {
          Dockerfile: `FROM node:22-alpine
COPY . /app
CMD ["node", "/app/src/server.js"]
`,
          '.dockerignore': `*
!package*.json
!src
`,
          '.gitignore': `.env
`,
        },
      },
      {
        title: 'one env file above the services, where its example lies',
        files: {
          'docker-compose.yml':
            'services:\n  users:\n    build: ./users\n    env_file: .env\n  mails:\n    build: ./mails\n    env_file: .env\n',
          '.env.example': 'USERS_PORT=8001\n',
          '.gitignore': '.env\n',
          'users/package.json':
            '{ "name": "users", "scripts": { "start": "node server.js", "dev": "node -r dotenv/config server.js dotenv_config_path=../.env" }, "devDependencies": { "dotenv": "^16.0.0" } }',
          'users/server.js': '',
          'users/Dockerfile': `FROM node:22-alpine
ADD . /app
CMD ["node", "/app/server.js"]
`,
        },
      },
      {
        title: 'single folders',
        files: {
          Dockerfile: `FROM node:22-alpine
WORKDIR /app
COPY package*.json tsconfig.json ./
COPY src ./src
COPY .env.example ./
CMD ["node", "src/server.js"]
`,
          '.gitignore': `.env
`,
          '.env': `JWT_SECRET=abc
`,
        },
        ignored: ['.env'],
      },
      {
        title: 'only the output of the build stage is released',
        files: {
          Dockerfile: `FROM node:22-alpine AS build
WORKDIR /src
COPY . .
RUN npm ci && npm run build

FROM node:22-alpine
WORKDIR /app
COPY --from=build /src/dist ./dist
CMD ["node", "dist/server.js"]
`,
          '.gitignore': `.env
dist
`,
        },
      },
      {
        title: 'what images set for themselves',
        files: {
          Dockerfile: `FROM node:22-alpine
ARG VERSION=1.4.2
ARG BUILD_DATE
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 PATH=/app/bin:$PATH
ENV SECRETS_DIR=/run/secrets DB_PASSWORD_FILE=/run/secrets/db
ENV NPM_CONFIG_REGISTRY=https://registry.npmjs.org/
ENV TINI_URL=https://github.com/krallin/tini/releases/download/v0.19.0/tini
ENV PUBLIC_KEY=pk_4711 TOKEN_TTL=15m
CMD ["node", "server.js"]
`,
        },
      },
      {
        title: 'build secrets',
        files: {
          Dockerfile: `# syntax=docker/dockerfile:1
FROM node:22-alpine
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci
RUN --mount=type=secret,id=token NPM_TOKEN=$(cat /run/secrets/token) npm ci
COPY src ./src
CMD ["node", "src/server.js"]
`,
        },
      },
      {
        title: 'no env file anywhere; an image for development',
        files: {
          Dockerfile: `FROM node:22-alpine
COPY . /app
CMD ["node", "/app/server.js"]
`,
          'Dockerfile.dev': `FROM node:22-alpine
ENV JWT_SECRET=dev DATABASE_URL=postgres://postgres:postgres@db/dev
COPY .env .
CMD ["npm", "run", "dev"]
`,
        },
      },
    ],
  },
});

/** The env file that a COPY of the build context names. */
function copiesByName(copy: Parameters<typeof copyPaths>[0]): string | undefined {
  if ((copy.keyword !== 'COPY' && copy.keyword !== 'ADD') || dockerFlag(copy, 'from') !== undefined)
    return undefined;
  return copyPaths(copy)
    ?.sources.map(({ text }) => text)
    .find(
      (source) =>
        /^(\.env([._-][\w*-]+)*\*?|\*?[\w-]*\.env)$/i.test(baseName(source)) &&
        isLiveEnvFile(source),
    );
}

/** Excludes env files of all folders where some lie below the context's own, examples excepted. */
function ignoreFix(image: ReleaseImage, model: ProjectModel): Fix {
  return {
    id: 'dockerignore',
    kind: 'safe',
    title: `Exclude env files in ${image.ignoreFile}`,
    build: () => {
      const inside = (path: string): string =>
        image.context === '' ? path : path.slice(image.context.length + 1);
      const files = envFilesInContext(image, model).map(({ path }) => inside(path));
      const isDeep = files.some((path) => folderOf(path) !== '');
      const start = isDeep ? '**/' : '';
      const others = files.filter((path) => !baseName(path).startsWith('.env'));
      return addIgnorePatterns(model, image.ignoreFile, [
        `${start}.env*`,
        `!${start}.env.example`,
        ...others,
      ]);
    },
  };
}

import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
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

  {
    title: 'of a build with an env file, only what browsers are served',
    files: {
      Dockerfile: `FROM node:22-alpine AS builder
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build
FROM node:22-alpine
WORKDIR /app
COPY --from=builder /app/.next/static ./.next/static
CMD ["node", "server.js"]
`,
      '.gitignore': '.env\n',
      '.dockerignore': 'node_modules\n.next\n',
      '.env.example': 'OPENAI_API_KEY=\n',
    },
  },
  {
    title: 'a job that writes an env file for its tests, and one that the ignore file keeps out',
    files: {
      Dockerfile: 'FROM node:22-alpine\nCOPY . /app\nCMD ["node", "/app/server.js"]\n',
      '.dockerignore': '.env*\n',
      '.github/workflows/ci.yml': `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo "DATABASE_URL=postgres://localhost/test" > .env.local
      - run: npm test
  release:
    runs-on: ubuntu-latest
    steps:
      - run: echo "API_KEY=\${{ secrets.API_KEY }}" >> .env
      - uses: docker/build-push-action@v6
`,
    },
  },
  {
    title: 'a word for each setting that the build checks, in a stage that nobody gets',
    files: {
      Dockerfile: `FROM node:22 AS build
ENV CRON_SECRET="test" RESEND_API_KEY="test"
WORKDIR /app
COPY src package*.json ./
RUN npm ci && npm run build
FROM node:22
WORKDIR /app
COPY --from=build /app/dist ./dist
CMD ["node", "dist/server.js"]
`,
    },
  },
  {
    title: 'an env file that the build reads, and that stays behind',
    files: {
      Dockerfile: `FROM node:22 AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build && cp package.json dist/
FROM node:22
WORKDIR /app
COPY --from=build /app/dist ./dist
CMD ["node", "dist/server.js"]
`,
      '.env': 'PORT=3000\n',
      '.dockerignore': 'node_modules\n',
    },
  },
  {
    title:
      'a stand-in for the build, which the container replaces; an address that only the build sees',
    files: {
      Dockerfile: `FROM node:22-slim
ARG DATABASE_URL=postgres://localhost/build
ENV DATABASE_URL=$DATABASE_URL
ARG REDIS_URL
RUN npm ci && npm run build
CMD ["node", "dist/index.js"]
`,
    },
  },
];

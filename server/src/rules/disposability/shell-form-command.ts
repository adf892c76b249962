import { fileEdit, replacement } from '../../engine/edits';
import type { Fix } from '../../engine/finding';
import { execForm } from '../../engine/fixes/dockerfile-edit';
import { defineRule, type RuleContext } from '../../engine/rule';
import { stageProcess, targetStage, type DockerInstruction } from '../../languages/dockerfile';
import { parseShellSyntax } from '../../languages/shell';
import type { ProjectFiles } from '../../project/files';
import { composeFiles } from '../../project/manifests/compose';
import type { CommandStep, ProjectModel, StartCommand } from '../../project/model';

const manifest = JSON.stringify({
  name: 'app',
  private: true,
  scripts: { start: 'node dist/server.js' },
});
const image = (tail: string): string => `FROM node:22\nWORKDIR /app\nCOPY . .\n${tail}\n`;
const SHELLS = /^(sh|bash|ash|dash)$/;
const INITS = /^(tini|dumb-init|catatonit|s6-.*|docker-init|pid1|sbinit|my_init)$/;
const MANAGERS = /^(npm|npx|yarn|yarnpkg|pnpm|pnpx|bunx|nps)$/;

const messages = {
  shell:
    '{keyword} in shell form runs under a shell that keeps SIGTERM from the app; use the exec form.',
  manager:
    '`{manager}` is the container’s first process and may keep SIGTERM from the app; start the app itself.',
  script: 'The entrypoint starts the app without `exec`, so the shell keeps SIGTERM from it.',
  compose:
    'The command runs under a shell that keeps SIGTERM from the app; start the app itself, or set `init: true`.',
} as const;

export default defineRule({
  id: 'shell-form-command',
  factor: 'disposability',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A shell or a package manager stands between the platform’s signals and the app.',
  why: 'A process that shuts down gracefully must hear SIGTERM, and containers send it to the first process only. A shell in between does not pass it on, and package managers do so unreliably: the app is killed after the grace period with requests and jobs half done.',
  whenNotToUse: 'For one-off containers that are never stopped from outside.',
  fix: 'safe',
  messages,
  command(command, { model, report }) {
    const kind = model.files.kind(command.path);
    if (!command.production || command.process === 'release' || command.steps.length === 0) return;
    if (command.steps.some((step) => step.wrappers.some((word) => INITS.test(word)))) return;
    const last = command.steps.at(-1);
    if (kind === 'dockerfile') inDockerfile(command, last, model, report);
    else if (kind === 'yaml') {
      if (hasInit(command, model.files)) return;
      const underShell = command.steps
        .filter(isApp)
        .find(
          (step) =>
            step.wrappers.some((word) => SHELLS.test(word)) && !step.wrappers.includes('exec'),
        );
      if (underShell && underShell.path === command.path)
        report({ at: { path: command.path, span: command.span }, message: 'compose' });
      else if (last && command.steps.length === 1) {
        const manager = last.wrappers.find((word) => MANAGERS.test(word));
        if (manager !== undefined)
          report({
            at: { path: command.path, span: command.span },
            message: 'manager',
            data: { manager },
            severity: 'information',
          });
      }
    }
  },
  examples: {
    bad: [
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
      },
      {
        title: 'an entrypoint script without exec',
        files: {
          'package.json': manifest,
          'docker-entrypoint.sh': '#!/bin/sh\nset -e\nnode dist/server.js\n',
          Dockerfile: image('ENTRYPOINT ["./docker-entrypoint.sh"]'),
        },
        findings: [{ at: 'node dist/server.js', path: 'docker-entrypoint.sh' }],
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
    ],
    good: [
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
        title: 'an entrypoint script that ends in exec',
        files: {
          'package.json': manifest,
          'entry.sh': '#!/bin/sh\nset -e\nif [ -n "$WAIT" ]; then\n  sleep 1\nfi\nexec "$@"\n',
          Dockerfile: image('ENTRYPOINT ["./entry.sh"]\nCMD ["node", "dist/server.js"]'),
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
    ],
  },
});

type Reporter = RuleContext<typeof messages>['report'];

function inDockerfile(
  command: StartCommand,
  last: CommandStep | undefined,
  model: ProjectModel,
  report: Reporter,
): void {
  const syntax = model.files.dockerfile(command.path);
  const stage =
    syntax &&
    (syntax.stages.find((one) =>
      one.instructions.some((each) => each.span.start === command.span.start),
    ) ??
      targetStage(syntax));
  if (!syntax || !stage) return;
  const { entrypoint, cmd } = stageProcess(syntax, stage);
  const instruction = entrypoint ?? cmd;
  if (!instruction) return;
  const at = { path: command.path, span: instruction.span };
  if (instruction.form === 'shell') {
    if (
      /^exec\s/.test(instruction.body.text.trim()) ||
      command.steps.every((step) => step.wrappers.includes('exec'))
    )
      return;
    report({
      at,
      message: 'shell',
      data: { keyword: instruction.keyword },
      fixes: [...toExec(command.path, instruction), ...direct(command, instruction, last)],
    });
    return;
  }
  const script = command.steps.find(
    (step) => isApp(step) && step.path !== command.path && model.files.kind(step.path) === 'shell',
  );
  if (script && !script.wrappers.includes('exec') && script === last) {
    report({ at: { path: script.path, span: script.span }, message: 'script' });
    return;
  }
  const manager =
    command.steps.length > 0 ? last?.wrappers.find((word) => MANAGERS.test(word)) : undefined;
  if (manager !== undefined && !last?.wrappers.includes('exec'))
    report({
      at,
      message: 'manager',
      data: { manager },
      fixes: direct(command, instruction, last),
    });
}

/** Something that serves, not a helper of the script around it. */
function isApp(step: CommandStep): boolean {
  return (
    /^(node|bun|deno|ts-node|tsx|nodemon|python3?|gunicorn|uvicorn|ruby|java|php|pm2-runtime|next|nest|fastify)$/.test(
      step.argv[0] ?? '',
    ) || step.wrappers.some((word) => MANAGERS.test(word))
  );
}

/** Plain words mean the same without a shell. */
function toExec(path: string, instruction: DockerInstruction): readonly Fix[] {
  const { text } = instruction.body;
  const { commands, errors } = parseShellSyntax(text.trim());
  const [only] = commands;
  if (
    errors.length > 0 ||
    commands.length !== 1 ||
    !only ||
    only.conditional ||
    only.redirects.length > 0 ||
    only.assignments.length > 0
  )
    return [];
  if (!only.words.every((word) => word.literal) || /[*?~]|&\s*$/.test(text) || text.includes('\n'))
    return [];
  const words = only.words.map((word) => word.text);
  const argv = words[0] === 'exec' ? words.slice(1) : words;
  return [
    {
      id: 'exec',
      kind: 'safe',
      title: `Use the exec form of ${instruction.keyword}`,
      build: () => [
        fileEdit(path, [replacement(instruction.span, execForm(instruction.keyword, argv))]),
      ],
    },
  ];
}

/** The node command that a package script expands to, when it is a single plain one. */
function direct(
  command: StartCommand,
  instruction: DockerInstruction,
  last: CommandStep | undefined,
): readonly Fix[] {
  if (
    !last ||
    command.steps.length !== 1 ||
    last.argv[0] !== 'node' ||
    Object.keys(last.assignments).length > 0 ||
    last.redirects.length > 0
  )
    return [];
  if (
    !last.wrappers.some((word) => MANAGERS.test(word)) ||
    last.argv.some((word) => /[$*?]/.test(word)) ||
    last.wrappers.some((word) => !MANAGERS.test(word) && !SHELLS.test(word))
  )
    return [];
  return [
    {
      id: 'direct',
      kind: 'suggest',
      title: `Start \`${last.argv.join(' ')}\` directly`,
      build: () => [
        fileEdit(command.path, [
          replacement(instruction.span, execForm(instruction.keyword, last.argv)),
        ]),
      ],
    },
  ];
}

function hasInit(command: StartCommand, files: ProjectFiles): boolean {
  const file = composeFiles(files).find(({ path }) => path === command.path);
  return (
    file?.services.some(
      (service) =>
        service.init &&
        service.span.start <= command.span.start &&
        command.span.end <= service.span.end,
    ) ?? false
  );
}

import { describe, expect, it } from 'vitest';
import { EQUIVALENTS } from '../../server/src/engine/overlap/table';
import { rules } from '../../server/src/rules';
import { check, type Files } from '../helpers/check';

const FILES: Files = {
  'package.json': JSON.stringify({
    name: 'app',
    private: true,
    engines: { node: '22.x' },
    scripts: { start: 'node src/server.js' },
    dependencies: { express: '4.19.2' },
  }),
  'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
  Dockerfile: 'FROM node:latest\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD node src/server.js\n',
  'src/server.js': `const app = require('express')();
const _ = require('lodash');
const fs = require('fs');
const password = 'hunter2-but-longer-7Kq9';
app.get('/', (request, response) => {
  response.send(_.trim(fs.readFileSync('/etc/motd', 'utf8')) + password);
});
const server = app.listen(process.env.PORT);
process.on('SIGTERM', () => server.close());
`,
};

/** The severities of what is found, by rule. */
async function severities(files: Files, overlap: 'report' | 'hint' = 'hint') {
  const { findings } = await check({ ...FILES, ...files }, { settings: { overlap } });
  return Object.fromEntries(findings.map(({ ruleId, severity }) => [ruleId, severity]));
}

const script = (lint: string): Files => {
  const manifest = JSON.parse(FILES['package.json']!) as { scripts: object };
  const scripts = { ...manifest.scripts, lint };
  return { 'package.json': JSON.stringify({ ...manifest, scripts }) };
};

const workflow = (step: string): Files => ({
  '.github/workflows/ci.yml': `on: push\njobs:\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n${step}`,
});

const ESLINT: Files = {
  'eslint.config.mjs':
    "import n from 'eslint-plugin-n';\nexport default [n.configs['flat/recommended'], { rules: { 'n/no-sync': ['error', {}] } }];\n",
};

describe('the table of other tools', () => {
  it('names rules that there are, and never one about credentials', () => {
    const ids = rules.map(({ id }) => id);
    for (const { ours } of EQUIVALENTS) expect(ids).toContain(ours);
    expect(EQUIVALENTS.filter(({ ours }) => /secret|credential/.test(ours))).toEqual([]);
  });
});

describe('what another tool reports as well', () => {
  it('stays as it is unless the settings say otherwise', async () => {
    const said = await severities(script('hadolint Dockerfile'), 'report');
    expect(said).toMatchObject({ 'mutable-base-image': 'warning' });
    expect(said['shell-form-command']).not.toBe('hint');
  });

  it.each<[string, Files]>([
    ['a script', script('hadolint Dockerfile && prettier --check .')],
    ['a job', workflow('      - run: npx hadolint Dockerfile\n')],
    ['an action', workflow('      - uses: hadolint/hadolint-action@v3.1.0\n')],
    [
      'an action on all',
      workflow(
        '      - uses: hadolint/hadolint-action@v3.1.0\n        with:\n          recursive: true\n',
      ),
    ],
    [
      'pre-commit',
      {
        '.pre-commit-config.yaml':
          'repos:\n  - repo: https://github.com/hadolint/hadolint\n    rev: v2.12.0\n    hooks:\n      - id: hadolint-docker\n',
      },
    ],
  ])('is a hint where %s runs it', async (_, files) => {
    const said = await severities(files);
    expect(said).toMatchObject({ 'mutable-base-image': 'hint', 'shell-form-command': 'hint' });
    expect(said['hardcoded-secret']).not.toBe('hint');
  });

  it.each<[string, Files]>([
    ['nobody runs it', { '.hadolint.yaml': 'failure-threshold: warning\n' }],
    ['it looks at another file', script('hadolint docker/Dockerfile')],
    ['its name stands in a text', script('echo hadolint Dockerfile')],
    [
      'the command ignores the rules',
      script('hadolint --ignore=DL3007 --ignore DL3025 Dockerfile'),
    ],
    [
      'its configuration ignores them',
      { ...script('hadolint Dockerfile'), '.hadolint.yaml': 'ignored: [DL3007, DL3025]\n' },
    ],
    [
      'a comment does',
      {
        ...script('hadolint Dockerfile'),
        Dockerfile: `# hadolint ignore=DL3007,DL3025\n${FILES['Dockerfile']!}`,
      },
    ],
    [
      'the hook leaves it out',
      {
        '.pre-commit-config.yaml':
          'repos:\n  - repo: https://github.com/hadolint/hadolint\n    hooks:\n      - id: hadolint\n        files: ^docker/\n',
      },
    ],
  ])('is none where %s', async (_, files) => {
    const said = await severities(files);
    expect(said).toMatchObject({ 'mutable-base-image': 'warning' });
    expect(said['shell-form-command']).not.toBe('hint');
  });

  it('is asked of ESLint by its configuration', async () => {
    const own = await severities({});
    const loud = ['undeclared-import', 'blocking-handler'] as const;
    for (const id of loud) expect(own[id], id).toMatch(/^(warning|error|information)$/);
    const run = script('eslint .');
    expect(await severities({ ...run, ...ESLINT })).toMatchObject({
      'undeclared-import': 'hint',
      'blocking-handler': 'hint',
    });
    const kept = { 'undeclared-import': own[loud[0]], 'blocking-handler': own[loud[1]] };
    expect(await severities({ ...script('eslint test'), ...ESLINT })).toMatchObject(kept);
    expect(await severities({ ...run, 'eslint.config.mjs': 'export default [];\n' })).toMatchObject(
      kept,
    );
    const off = ESLINT['eslint.config.mjs']!.replace(
      "'n/no-sync'",
      "'n/no-extraneous-import': 'off', 'n/no-sync'",
    );
    expect(await severities({ ...run, 'eslint.config.mjs': off })).toMatchObject({
      'undeclared-import': own[loud[0]],
      'blocking-handler': 'hint',
    });
    const disabled = `/* eslint-disable n/no-sync */\n${FILES['src/server.js']!}`;
    expect(await severities({ ...run, ...ESLINT, 'src/server.js': disabled })).toMatchObject(kept);
  });

  it('is read of Sonar from its arguments or its file, and taken for nothing where neither says where it looks', async () => {
    const scan = workflow('      - uses: SonarSource/sonarqube-scan-action@v5\n');
    const file = (text: string): Files => ({ ...scan, 'sonar-project.properties': text });
    const image = async (files: Files): Promise<string | undefined> =>
      (await severities(files))['mutable-base-image'];
    const all =
      'sonar.projectKey=shop\n# of the images, too\nsonar.sources = src,\\\n  Dockerfile\n';
    expect(await image(file(all))).toBe('hint');
    expect(await image(script('sonar-scanner -Dsonar.sources=.'))).toBe('hint');
    expect(await image(scan)).toBe('warning');
    expect(await image(file('sonar.projectKey=shop\nsonar.sources=src\n'))).toBe('warning');
    expect(await image(file(`${all}sonar.exclusions=**/Dockerfile\n`))).toBe('warning');
    expect(await image(file(`${all}sonar.inclusions=src/**\n`))).toBe('warning');
    expect(await image(file(`${all}sonar.modules=a,b\n`))).toBe('warning');
    // It is not run by being there.
    expect(await image({ 'sonar-project.properties': all })).toBe('warning');
    const elsewhere = script('sonar-scanner -Dsonar.projectBaseDir=web -Dsonar.sources=.');
    expect(await image(elsewhere)).toBe('warning');
  });
});

import { beforeAll, expect, it } from 'vitest';
import { loadTypeScript } from '../../../server/src/languages/source/ts';
import {
  environmentSupplies,
  isExampleEnvPath,
} from '../../../server/src/project/manifests/environment';
import { filesOf } from '../memory-files';

beforeAll(() => loadTypeScript());

function brief(contents: Record<string, string | object>, ignored: string[] = []): unknown[] {
  return environmentSupplies(filesOf(contents, ignored)).map((one) => [
    one.name,
    one.kind,
    one.value,
  ]);
}

it.each([
  ['.env.example', true],
  ['.example.env', true],
  ['.env.sample', true],
  ['env.template', true],
  ['.env.dist', true],
  ['.env.defaults', true],
  ['.env', false],
  ['.env.production', false],
  ['compose.env', false],
  ['examples/.env', false],
])('%s is an example: %s', (path, expected) => {
  expect(isExampleEnvPath(path)).toBe(expected);
});

it('reads example files, env files and ignored env files', () => {
  expect(brief({ '.env.example': 'A=1\n# B=2\n', '.env': 'C=3\n# D=4\n' }, ['.env'])).toEqual([
    ['C', 'env-file', '3'],
    ['A', 'example', '1'],
    ['B', 'example', undefined],
  ]);
});

it('gives the env file of one service to that service', () => {
  const files = filesOf({
    'compose.yml':
      'services:\n  worker:\n    image: x\n    command: node worker.js\n    env_file: worker.env\n  web:\n    image: x\n    env_file: [.env]\n',
    'worker.env': 'QUEUE=mail\n',
    '.env': 'HOST=a\n',
  });
  expect(environmentSupplies(files).map(({ name, process }) => [name, process?.origin])).toEqual([
    ['HOST', undefined],
    ['QUEUE', 'compose.yml worker'],
  ]);
});

it('reads what every other artefact supplies', () => {
  const contents: Record<string, string | object> = {
    'docker-compose.yml':
      'services:\n  a:\n    image: x\n    environment:\n      - P=${P}\n      - Q=q\n      - R\n',
    Dockerfile: 'ARG V=1\nFROM x\nENV NODE_ENV=production\nARG TOKEN\n',
    'k.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {K: v}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: c\n      image: i\n      env: [{name: E, value: e}]\n      envFrom: [{secretRef: {name: s}, prefix: APP_}]\n',
    '.github/workflows/a.yml':
      'env: {SHARED: "1"}\njobs:\n  a:\n    steps: [{run: x, env: {S: "${{ secrets.S }}"}}]\n  b:\n    steps: [{run: y}]\n',
    'app.json': { env: { H: { value: 'h' }, G: { generator: 'secret' }, I: 'i' } },
    'fly.toml': '[env]\nPORT = "8080"\nN = 3\n',
    'render.yaml':
      'services:\n  - type: web\n    envVars:\n      - key: X\n        value: y\n      - key: Z\n        sync: false\n',
    'ecosystem.config.js':
      "module.exports = { apps: [{ script: 'a.js', env_production: { NODE_ENV: 'production', P: 1 } }] };",
    'serverless.yml':
      'provider:\n  environment: {SV: x}\nfunctions:\n  f:\n    handler: a.b\n    environment: {FV: y}\n',
  };
  expect(brief(contents)).toEqual([
    ['P', 'compose', undefined],
    ['Q', 'compose', 'q'],
    ['R', 'compose', undefined],
    ['V', 'dockerfile', '1'],
    ['NODE_ENV', 'dockerfile', 'production'],
    ['TOKEN', 'dockerfile', undefined],
    ['E', 'kubernetes', 'e'],
    ['APP_K', 'kubernetes', undefined],
    ['SHARED', 'ci', '1'],
    ['S', 'ci', undefined],
    ['H', 'app-manifest', 'h'],
    ['G', 'app-manifest', undefined],
    ['I', 'app-manifest', 'i'],
    ['PORT', 'app-manifest', '8080'],
    ['N', 'app-manifest', '3'],
    ['X', 'app-manifest', 'y'],
    ['Z', 'app-manifest', undefined],
    ['SV', 'app-manifest', 'x'],
    ['FV', 'app-manifest', 'y'],
    ['NODE_ENV', 'app-manifest', 'production'],
    ['P', 'app-manifest', '1'],
  ]);
});

it('gives spans that hold the entry', () => {
  const text = 'services:\n  a:\n    image: x\n    environment:\n      Q: "q"\n';
  const [one] = environmentSupplies(filesOf({ 'compose.yml': text }));
  expect(one && text.slice(one.span.start, one.span.end)).toBe('Q: "q"');
});

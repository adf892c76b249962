import { describe, expect, it } from 'vitest';
import { passThroughCompose } from '../../server/src/fixes/files/compose';
import type { ProjectModel } from '../../server/src/project/model';
import { after } from './after';

describe('compose', () => {
  const change = (model: ProjectModel) => passThroughCompose(model, 'src/a.ts', 'API_URL');

  it('passes a variable through where the environment is listed', async () => {
    const text =
      'services:\n  web:\n    build: .\n    environment:\n      - PORT=3000 # port\n  db:\n    image: postgres:16\n    environment:\n      - A=1\n';
    expect(await after({ 'docker-compose.yml': text }, 'docker-compose.yml', change)).toBe(
      text.replace('# port\n', '# port\n      - API_URL\n'),
    );
    const map =
      'services:\n  web:\n    build:\n      context: .\n    environment:\n      PORT: 3000\n';
    expect(await after({ 'compose.yaml': map }, 'compose.yaml', change)).toBe(
      `${map}      API_URL:\n`,
    );
  });

  it.each([
    'services:\n  web:\n    build: ./other\n    environment:\n      - A=1\n',
    'services:\n  web:\n    build: .\n    env_file: .env\n',
    'services:\n  web:\n    build: .\n    environment:\n      - API_URL=x\n',
    'x: &e\n  A: 1\nservices:\n  web:\n    build: .\n    environment: *e\n',
  ])('leaves %j alone', async (text) => {
    expect(await after({ 'compose.yml': text }, 'compose.yml', change)).toBe(text);
  });
});

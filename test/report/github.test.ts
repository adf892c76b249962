import { expect, it } from 'vitest';
import { formatGithub } from '../../server/src/report/github';
import { clean, sample } from './sample';

it('writes one workflow command a finding, escaped', () => {
  expect(formatGithub(sample, 'apps/api/').split('\n')).toEqual([
    '::notice file=apps/api/a b/50%25%2C1.yml,line=2,endLine=4,title=hardcoded-url::A value%0Aof 100%25.',
    '::notice file=apps/api/src/server.ts,line=3,endLine=3,col=13,endColumn=22,title=missing-sigterm-handler::No SIGTERM handler | none.',
    '::warning file=apps/api/src/server.ts,line=4,endLine=4,col=12,endColumn=16,title=hardcoded-port::Port 3000 is fixed in code. (also at apps/api/src/server.ts:1)',
    '::warning file=apps/api/src/broken.ts,title=Not analysed::not UTF-8 text',
    '',
  ]);
});

it('is empty when there is nothing', () => {
  expect(formatGithub(clean, '')).toBe('');
});

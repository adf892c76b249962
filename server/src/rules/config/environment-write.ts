import { defineRule } from '../../engine/rule';

export default defineRule({
  id: 'environment-write',
  factor: 'config',
  severity: 'information',
  since: '0.1.0',
  summary: 'Running code assigns an environment variable.',
  why: 'The environment is where a deploy tells the app what to be. Code that writes to it overrules the deploy behind its back: what `printenv` shows is no longer what runs, and whether a module sees the old or the new value depends on the order of imports.',
  whenNotToUse: 'In loaders whose job is to fill the environment before anything reads it.',
  fix: 'none',
  scope: { kinds: ['app', 'library'] },
  messages: {
    write:
      '`{name}` is assigned at run time, whatever the deploy has set; keep the value in a variable of the code.',
    default: '`{name}` gets its default by assignment; read it with a default instead.',
  },
  file({ facts, module, report }) {
    const isOneOff = module.roles.has('admin') || module.roles.has('cli');
    if (isOneOff && !module.roles.has('web') && !module.roles.has('worker')) return;
    for (const { name, span, write, removes, fallback, keeps } of facts.environment) {
      if (!write || removes || keeps || name === undefined || name === '*') continue;
      if (fallback)
        report({
          at: span,
          message: 'default',
          data: { name },
          ...(name === 'NODE_ENV' ? { severity: 'hint' } : {}),
        });
      else report({ at: span, message: 'write', data: { name } });
    }
  },
  examples: {
    bad: [
      {
        title: 'a mode forced from the command line',
        code: `if (process.argv.includes('--production')) process.env.NODE_ENV = 'production';\nexport const mode = process.env.NODE_ENV;\n`,
        findings: [{ at: 'process.env.NODE_ENV' }],
      },
      {
        title: 'a setting passed on through the environment',
        code: `export function useProxy(url: string): void {\n  process.env.HTTP_PROXY = url;\n}\n`,
        findings: [{ at: 'process.env.HTTP_PROXY' }],
      },
      {
        title: 'certificate checks switched off',
        code: `process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';\n`,
        findings: [{ at: `process.env['NODE_TLS_REJECT_UNAUTHORIZED']` }],
      },
      {
        title: 'a default for NODE_ENV',
        code: `process.env.NODE_ENV = process.env.NODE_ENV || 'development';\nexport {};\n`,
        findings: [{ at: 'process.env.NODE_ENV', severity: 'hint' }],
      },
      {
        title: 'a default for another variable',
        code: `process.env.LOG_LEVEL ??= 'info';\nexport {};\n`,
        findings: [
          {
            at: 'process.env.LOG_LEVEL',
            message: '`LOG_LEVEL` gets its default by assignment; read it with a default instead.',
          },
        ],
      },
    ],
    good: [
      {
        title: 'what was there is put back, or added to',
        code: `export async function withoutUrl<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.DATABASE_URL;
  delete process.env.DATABASE_URL;
  const result = await work();
  process.env.DATABASE_URL = before;
  return result;
}
process.env.NODE_OPTIONS = \`\${process.env.NODE_OPTIONS ?? ''} --enable-source-maps\`;
`,
      },
      { title: 'reading', code: `export const mode = process.env.NODE_ENV ?? 'development';\n` },
      {
        title: 'a test',
        path: 'src/server.test.ts',
        code: `process.env.PORT = '0';\nexport {};\n`,
      },
      { title: 'deleting', code: `delete process.env.SECRET_AFTER_USE;\nexport {};\n` },
      {
        title: 'an object that looks like it',
        code: `const config = { env: { PORT: '' } };\nconfig.env.PORT = '3000';\nexport default config;\n`,
      },
      {
        title: 'a child’s environment',
        code: `import { spawn } from 'node:child_process';\nspawn('node', ['x.js'], { env: { ...process.env, MODE: 'child' } });\n`,
      },
      {
        title: 'a one-off script',
        files: { 'scripts/seed.ts': `process.env.SEED = '1';\nexport {};\n` },
      },
    ],
  },
});

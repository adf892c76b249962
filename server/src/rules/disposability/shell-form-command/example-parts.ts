// What the examples of shell-form-command have in common.

export const manifest = JSON.stringify({
  name: 'app',
  private: true,
  scripts: { start: 'node dist/server.js' },
});

export const image = (tail: string): string => `FROM node:22\nWORKDIR /app\nCOPY . .\n${tail}\n`;

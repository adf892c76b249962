import { expect, it } from 'vitest';
import { nginxDirectives, parseNginx } from '../../server/src/languages/nginx';
import { parseSystemd } from '../../server/src/languages/systemd';

it('reads nginx directives at any depth with their spans', () => {
  const text =
    '# c ;\nhttp {\n  upstream app {\n    ip_hash;\n    server 127.0.0.1:5000 weight=2;\n  }\n  log_format x "a;b" \'c\';\n  location ~ ^/${a}/x { proxy_pass http://app; }\n}\n';
  const all = parseNginx(text);
  expect(all.map((one) => one.name)).toEqual(['http']);
  const [hash] = nginxDirectives(all, 'ip_hash');
  expect(hash && text.slice(hash.span.start, hash.span.end)).toBe('ip_hash');
  expect(nginxDirectives(all, 'server')[0]?.args).toEqual(['127.0.0.1:5000', 'weight=2']);
  expect(nginxDirectives(all, 'log_format')[0]?.args).toEqual(['x', 'a;b', 'c']);
  expect(nginxDirectives(all, 'proxy_pass')[0]?.args).toEqual(['http://app']);
  expect(parseNginx('} } { {').length).toBe(0);
});

it('reads systemd entries with continued values', () => {
  const text =
    '[Unit]\r\nDescription=x\r\n[Service]\r\nExecStart=-/usr/bin/node \\\r\n  a.js\r\n# c\r\nUser=me\r\n';
  const entries = parseSystemd(text);
  expect(entries.map((one) => [one.section, one.key])).toEqual([
    ['Unit', 'Description'],
    ['Service', 'ExecStart'],
    ['Service', 'User'],
  ]);
  const start = entries[1];
  expect(start && text.slice(start.valueSpan.start, start.valueSpan.end)).toBe(
    '-/usr/bin/node \\\r\n  a.js',
  );
});

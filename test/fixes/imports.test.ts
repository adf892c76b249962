import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../server/src/engine/edits/edits';
import { removeUnusedImport } from '../../server/src/fixes/code/import-removal';
import { importName, type ImportRequest } from '../../server/src/fixes/code/imports';
import { sourceStyle } from '../../server/src/fixes/code/style';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { source, spanIn, syntaxErrorsOf } from './harness';

beforeAll(loadTypeScript);

function add(text: string, request: ImportRequest, path = 'src/server.ts') {
  const syntax = source(text, path);
  const imported = importName(syntax, sourceStyle(syntax), request);
  const fixed = applyEdits(text, imported.edits);
  expect(syntaxErrorsOf(fixed, path)).toEqual([]);
  const again = source(fixed, path);
  expect(importName(again, sourceStyle(again), request), 'twice').toEqual({
    edits: [],
    text: imported.text,
  });
  return { fixed, name: imported.text };
}

const redis: ImportRequest = { specifier: 'redis', name: 'createClient' };

describe('importName', () => {
  it.each([
    [
      'adds after the last import',
      "import a from 'a';\nimport b from 'b';\n\na(b);\n",
      "import a from 'a';\nimport b from 'b';\nimport { createClient } from 'redis';\n\na(b);\n",
    ],
    [
      'no semicolons, double quotes',
      'import a from "a"\n\na()\n',
      'import a from "a"\nimport { createClient } from "redis"\n\na()\n',
    ],
    [
      'CRLF',
      "import a from 'a';\r\na();\r\n",
      "import a from 'a';\r\nimport { createClient } from 'redis';\r\na();\r\n",
    ],
    [
      'keeps a comment at the end of the line',
      "import a from 'a'; // why\na();\n",
      "import a from 'a'; // why\nimport { createClient } from 'redis';\na();\n",
    ],
    ['no import yet', 'const x = 1;\n', "import { createClient } from 'redis';\n\nconst x = 1;\n"],
    [
      'after shebang and head comment',
      '#!/usr/bin/env node\n/* License */\n\n/** Doc. */\nexport const x = 1;\n',
      "#!/usr/bin/env node\n/* License */\n\nimport { createClient } from 'redis';\n\n/** Doc. */\nexport const x = 1;\n",
    ],
    [
      'after directives',
      "'use client';\nexport const x = 1;\n",
      "'use client';\n\nimport { createClient } from 'redis';\nexport const x = 1;\n",
    ],
    [
      'extends the same import',
      "import { createCluster } from 'redis';\ncreateCluster();\n",
      "import { createCluster, createClient } from 'redis';\ncreateCluster();\n",
    ],
    [
      'extends a list of several lines',
      "import {\n  createCluster,\n  commandOptions,\n} from 'redis';\n",
      "import {\n  createCluster,\n  commandOptions,\n  createClient,\n} from 'redis';\n",
    ],
    [
      'extends a default import',
      "import redis from 'redis';\nredis();\n",
      "import redis, { createClient } from 'redis';\nredis();\n",
    ],
    [
      'does not extend a type import',
      "import type { RedisClientType } from 'redis';\nlet c: RedisClientType;\n",
      "import type { RedisClientType } from 'redis';\nimport { createClient } from 'redis';\nlet c: RedisClientType;\n",
    ],
    [
      'missing final newline',
      "import a from 'a';",
      "import a from 'a';\nimport { createClient } from 'redis';",
    ],
  ])('%s', (_title, text, expected) => {
    expect(add(text, redis)).toEqual({ fixed: expected, name: 'createClient' });
  });

  it('uses what is there', () => {
    expect(add("import { createClient as make } from 'redis';\nmake();\n", redis).name).toBe(
      'make',
    );
    expect(add("import * as redis from 'redis';\n", redis).name).toBe('redis.createClient');
    expect(add("import fs from 'node:fs';\n", { specifier: 'fs', name: 'existsSync' }).name).toBe(
      'fs.existsSync',
    );
    expect(add("const redis = require('redis');\n", redis, 'app.js').name).toBe(
      'redis.createClient',
    );
  });

  it('gives a taken name an alias', () => {
    const { fixed, name } = add(
      "import a from 'a';\nconst createClient = a();\ncreateClient();\n",
      redis,
    );
    expect(name).toBe('redisCreateClient');
    expect(fixed).toContain("import { createClient as redisCreateClient } from 'redis';");
  });

  it.each([
    [
      'adds a require',
      "'use strict';\n\nconst a = require('a');\nrequire('dotenv').config();\n\nmodule.exports = a;\n",
      "'use strict';\n\nconst a = require('a');\nrequire('dotenv').config();\nconst { createClient } = require('redis');\n\nmodule.exports = a;\n",
    ],
    [
      'extends a destructured require',
      "const { createCluster } = require('redis');\nmodule.exports = createCluster;\n",
      "const { createCluster, createClient } = require('redis');\nmodule.exports = createCluster;\n",
    ],
    [
      'var as everywhere',
      "var a = require('a')\nvar b = require('b')\n",
      "var a = require('a')\nvar b = require('b')\nvar { createClient } = require('redis')\n",
    ],
    [
      'only a directive',
      "'use strict'\nmodule.exports = 1\n",
      "'use strict'\n\nconst { createClient } = require('redis')\nmodule.exports = 1\n",
    ],
  ])('CommonJS: %s', (_title, text, expected) => {
    expect(add(text, redis, 'app.js')).toEqual({ fixed: expected, name: 'createClient' });
  });

  it('follows how a TypeScript file imports packages as a whole', () => {
    const request: ImportRequest = {
      specifier: 'connect-pg-simple',
      name: 'default',
      local: 'connectPgSimple',
    };
    expect(add("import express = require('express');\nexpress();\n", request).fixed).toContain(
      "import connectPgSimple = require('connect-pg-simple');",
    );
    expect(add("import * as express from 'express';\nexpress();\n", request).fixed).toContain(
      "import * as connectPgSimple from 'connect-pg-simple';",
    );
    expect(add("import * as path from 'path';\npath.join();\n", request).fixed).toContain(
      "import connectPgSimple from 'connect-pg-simple';",
    );
  });

  it('adds a type import', () => {
    const request: ImportRequest = { specifier: './config.js', name: 'Config', typeOnly: true };
    expect(add("import a from 'a';\n", request).fixed).toBe(
      "import a from 'a';\nimport type { Config } from './config.js';\n",
    );
  });
});

describe('removeUnusedImport', () => {
  const remove = (text: string, local: string, removedPart: string, path = 'src/server.ts') =>
    applyEdits(text, removeUnusedImport(source(text, path), local, [spanIn(text, removedPart)]));

  it.each([
    [
      'a whole statement',
      "import a from 'a';\nimport fs from 'fs';\n\na();\nfs.write();\n",
      'fs',
      'fs.write()',
      "import a from 'a';\n\na();\nfs.write();\n",
    ],
    [
      'one of several names',
      "import { a, b } from 'x';\na();\nb();\n",
      'b',
      'b()',
      "import { a } from 'x';\na();\nb();\n",
    ],
    [
      'the first of several names',
      "import { b, a } from 'x';\na();\nb();\n",
      'b',
      'b()',
      "import { a } from 'x';\na();\nb();\n",
    ],
    [
      'a line of its own',
      "import {\n  a,\n  b, // why\n} from 'x';\na();\nb();\n",
      'b',
      'b()',
      "import {\n  a,\n} from 'x';\na();\nb();\n",
    ],
    [
      'the default beside names',
      "import b, { a } from 'x';\na();\nb();\n",
      'b',
      'b()',
      "import { a } from 'x';\na();\nb();\n",
    ],
    [
      'names beside the default',
      "import a, { b } from 'x';\na();\nb();\n",
      'b',
      'b()',
      "import a from 'x';\na();\nb();\n",
    ],
  ])('removes %s', (_title, text, local, part, expected) => {
    expect(remove(text, local, part)).toBe(expected);
  });

  it('removes requires', () => {
    expect(
      remove("var a = require('a'), fs = require('fs');\nfs.x();\n", 'fs', 'fs.x()', 'a.js'),
    ).toBe("var a = require('a');\nfs.x();\n");
    expect(remove("const { a, b } = require('x')\r\nb()\r\n", 'b', 'b()', 'a.js')).toBe(
      "const { a } = require('x')\r\nb()\r\n",
    );
    expect(remove("const b = require('x')\r\nb()\r\n", 'b', 'b()', 'a.js')).toBe('b()\r\n');
  });

  it('keeps what is still used, also as a type or shorthand', () => {
    for (const use of ['fs.read();', 'let x: typeof fs;', 'run({ fs });', 'export { fs };']) {
      const text = `import fs from 'fs';\nfs.write();\n${use}\n`;
      expect(removeUnusedImport(source(text), 'fs', [spanIn(text, 'fs.write()')]), use).toEqual([]);
    }
  });

  it('does not take a member or key of the same name for a use', () => {
    const text = "import fs from 'fs';\nfs.write();\nx.fs = { fs: 1 };\n";
    expect(remove(text, 'fs', 'fs.write()')).toBe('fs.write();\nx.fs = { fs: 1 };\n');
  });
});

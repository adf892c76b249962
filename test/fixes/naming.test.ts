import { beforeAll, describe, expect, it } from 'vitest';
import { createFixBatch } from '../../server/src/engine/edits/batch';
import { variableName, type NameRequest } from '../../server/src/fixes/environment/naming';
import { hostWords, screamingCase } from '../../server/src/fixes/environment/words';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { project, spanIn, type Files } from './harness';

beforeAll(loadTypeScript);

type Rest = Partial<Omit<NameRequest, 'model' | 'span'>>;

async function name(
  code: string,
  literal: string,
  rest: Rest = {},
  files: Files = {},
): Promise<string> {
  const path = rest.path ?? 'src/server.ts';
  const model = await project({ ...files, [path]: code });
  const value = literal.replace(/^['"`]|['"`]$/g, '');
  return variableName(
    {
      model,
      path,
      span: spanIn(code, literal),
      kind: 'url',
      value,
      reuse: 'same-value',
      prefix: '',
      ...rest,
    },
    createFixBatch(),
  );
}

describe('variableName', () => {
  it.each([
    ["fetch('https://api.stripe.com/v1');", "'https://api.stripe.com/v1'", 'STRIPE_API_URL'],
    [
      "axios.create({ baseURL: 'https://api.stripe.com' });",
      "'https://api.stripe.com'",
      'STRIPE_API_URL',
    ],
    ["const apiBaseUrl = 'https://x.example.org';", "'https://x.example.org'", 'API_BASE_URL'],
    ["const BACKEND = 'http://localhost:4000';", "'http://localhost:4000'", 'BACKEND_URL'],
    [
      "const config = { payments: { url: 'http://localhost:1' } };",
      "'http://localhost:1'",
      'PAYMENTS_URL',
    ],
    ["fetch('http://localhost:4000/graphql');", "'http://localhost:4000/graphql'", 'GRAPHQL_URL'],
    ["fetch('http://localhost:4000');", "'http://localhost:4000'", 'API_URL'],
    [
      "fetch('http://billing-service.internal:80/x');",
      "'http://billing-service.internal:80/x'",
      'BILLING_SERVICE_URL',
    ],
    [
      "new GoogleStrategy({ callbackURL: 'http://localhost/cb' });",
      "'http://localhost/cb'",
      'GOOGLE_CALLBACK_URL',
    ],
    ["app.locals.shopUrl = 'http://localhost/';", "'http://localhost/'", 'SHOP_URL'],
    ["class PaymentService { url = 'http://localhost/'; }", "'http://localhost/'", 'PAYMENT_URL'],
    [
      "new OAuth2Strategy({ tokenURL: 'https://api.trakt.tv/oauth/token' });",
      "'https://api.trakt.tv/oauth/token'",
      'TRAKT_TOKEN_URL',
    ],
    [
      "const response = await fetch('https://graph.microsoft.com/v1.0/me');",
      'https://graph.microsoft.com',
      'MICROSOFT_GRAPH_URL',
    ],
    ['const infoURL = `https://api.tumblr.com/${x}`;', 'https://api.tumblr.com', 'TUMBLR_API_URL'],
    [
      "const options = { retries: load('http://localhost:1') };",
      "'http://localhost:1'",
      'LOAD_URL',
    ],
    ['fetch(`http://localhost:4000/users/${id}`);', 'http://localhost:4000', 'USERS_URL'],
    ["fetch('http://localhost:4100/api/stock?x=1');", 'http://localhost:4100', 'STOCK_URL'],
    ['fetch(`http://localhost:4000/${id}`);', 'http://localhost:4000', 'API_URL'],
  ])('url: %s', async (code, literal, expected) => {
    expect(await name(code, literal)).toBe(expected);
  });

  it.each<[string, string, Rest, string]>([
    [
      "const getRelayHost = async () => { return '172.17.0.1'; };",
      "'172.17.0.1'",
      { kind: 'host' },
      'RELAY_HOST',
    ],
    ["const dockerHost = '172.17.0.1';", "'172.17.0.1'", { kind: 'host' }, 'APP_DOCKER_HOST'],
    ['app.listen(3000);', '3000', { kind: 'port' }, 'PORT'],
    ['const port = 3000;', '3000', { kind: 'port' }, 'PORT'],
    ['const metricsPort = 9100;', '9100', { kind: 'port' }, 'METRICS_PORT'],
    ["new Pool({ host: 'db' });", "'db'", { kind: 'host', service: 'postgres' }, 'DATABASE_HOST'],
    [
      "new Pool({ database: 'shop' });",
      "'shop'",
      { kind: 'database', service: 'postgres' },
      'DATABASE_NAME',
    ],
    ["new Redis('redis://x:6379');", "'redis://x:6379'", { service: 'redis' }, 'REDIS_URL'],
    ["app.listen(80, '127.0.0.1');", "'127.0.0.1'", { kind: 'host' }, 'HOST'],
    [
      "session({ secret: 'abc' });",
      "'abc'",
      { kind: 'secret', what: 'session secret' },
      'SESSION_SECRET',
    ],
    ["session({ secret: 'abc' });", "'abc'", { kind: 'secret' }, 'SESSION_SECRET'],
    ["jwt.sign(x, 'abc');", "'abc'", { kind: 'secret', what: 'JWT secret' }, 'JWT_SECRET'],
    [
      "const a = { agendash: { user: 'u', password: '123' } };",
      "'123'",
      { kind: 'password' },
      'AGENDASH_PASSWORD',
    ],
    ["const a = { mailgun: { apiKey: '123' } };", "'123'", { kind: 'secret' }, 'MAILGUN_API_KEY'],
    ["const cookieSecret = 'x';", "'x'", { kind: 'secret' }, 'COOKIE_SECRET'],
  ])('%s', async (code, literal, rest, expected) => {
    expect(await name(code, literal, rest)).toBe(expected);
  });

  it('follows the words the project uses for a service', async () => {
    const files = { 'src/db.ts': 'connect(process.env.DB_USER, process.env.DB_PASSWORD);' };
    const rest: Rest = { kind: 'host', service: 'postgres' };
    expect(await name("new Pool({ host: 'db' });", "'db'", rest, files)).toBe('DB_HOST');
  });

  it('reuses a variable with the same default, or a documented one that nothing reads', async () => {
    const code = "fetch('http://localhost:4000');";
    const read = {
      'src/a.ts': "export const x = process.env.BACKEND_URL ?? 'http://localhost:4000';",
    };
    expect(await name(code, "'http://localhost:4000'", {}, read)).toBe('BACKEND_URL');
    const documented = { '.env.example': 'BACKEND_URL=http://localhost:4000\n' };
    expect(await name(code, "'http://localhost:4000'", {}, documented)).toBe('BACKEND_URL');
    const port = { 'src/a.ts': 'export const x = process.env.PORT ?? 3000;' };
    expect(await name('app.listen(3000);', '3000', { kind: 'port' }, port)).toBe('PORT');
    expect(
      await name('app.listen(3000);', '3000', { kind: 'port' }, { '.env.example': 'PORT=8080\n' }),
    ).toBe('PORT');
  });

  it('leaves alone what the code reads with another meaning', async () => {
    const files = {
      'src/a.ts': "export const x = process.env.API_URL ?? 'http://other';",
      'src/b.ts': 'run(process.env.PORT);',
    };
    expect(
      await name("fetch('http://localhost:4000');", "'http://localhost:4000'", {}, files),
    ).toBe('API_URL_2');
    expect(await name('admin.listen(3000);', '3000', { kind: 'port' }, files)).toBe('ADMIN_PORT');
    const secret: Rest = { kind: 'secret', what: 'JWT secret' };
    const jwt = { 'src/a.ts': 'verify(process.env.JWT_SECRET);' };
    expect(await name("sign('x');", "'x'", { ...secret, reuse: 'same-name' }, jwt)).toBe(
      'JWT_SECRET',
    );
    expect(await name("sign('x');", "'x'", secret, jwt)).not.toBe('JWT_SECRET');
  });

  it('never takes a name of the system', async () => {
    expect(await name("const home = '/x';", "'/x'", { kind: 'value' })).not.toBe('HOME');
    expect(await name("const path = '/x';", "'/x'", { kind: 'value' })).not.toBe('PATH');
    expect(await name("const user = 'x';", "'x'", { kind: 'user' })).not.toBe('USER');
  });

  it('adds the prefix of a bundler', async () => {
    expect(
      await name("fetch('http://localhost:4000');", "'http://localhost:4000'", { prefix: 'VITE_' }),
    ).toBe('VITE_API_URL');
  });

  it('gives each literal of a batch a name, equal ones one', async () => {
    const code =
      "fetch('http://localhost:1/');\nfetch('http://localhost:2/');\nfetch('http://localhost:1/');\nsign('s');\nsession({ secret: 's' });";
    const model = await project({ 'src/index.ts': code });
    const batch = createFixBatch();
    const next = (literal: string, occurrence: number, rest: Rest = {}) =>
      variableName(
        {
          model,
          path: 'src/index.ts',
          span: spanIn(code, literal, occurrence),
          kind: 'url',
          value: literal.slice(1, -1),
          reuse: 'same-value',
          prefix: '',
          ...rest,
        },
        batch,
      );
    expect(next("'http://localhost:1/'", 1)).toBe('API_URL');
    expect(next("'http://localhost:2/'", 1)).toBe('API_URL_2');
    expect(next("'http://localhost:1/'", 2)).toBe('API_URL');
    expect(next("'s'", 1, { kind: 'secret', what: 'JWT secret' })).toBe('JWT_SECRET');
    expect(next("'s'", 2, { kind: 'secret', what: 'session secret' })).toBe('SESSION_SECRET');
  });
});

describe('words', () => {
  it.each([
    ['https://hooks.slack.com/x', 'SLACK_HOOKS'],
    ['https://www.acme.co.uk/', 'ACME'],
    ['https://shop-staging.herokuapp.com', 'SHOP_STAGING'],
    ['http://10.0.0.1:80', undefined],
    ['http://user-service:8080/x', 'USER_SERVICE'],
    ['https://user:pw@api.github.com', 'GITHUB_API'],
    ['mail.acme.com:25', 'ACME'],
  ])('hostWords(%s)', (url, expected) => {
    expect(hostWords(url)).toBe(expected);
  });

  it.each([
    ['databaseURL', 'DATABASE_URL'],
    ['HTTPServer', 'HTTP_SERVER'],
    ['api-base.url', 'API_BASE_URL'],
    ['2fast', 'FAST2'],
    ['46elks', 'ELKS46'],
    ['--', undefined],
  ])('screamingCase(%s)', (text, expected) => {
    expect(screamingCase(text)).toBe(expected);
  });
});

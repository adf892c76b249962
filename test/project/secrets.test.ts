import { describe, expect, it } from 'vitest';
import { namedCredential } from '../../server/src/project/secrets/named-values';
import { isPlaceholder } from '../../server/src/project/secrets/placeholders';
import { secretShapes } from '../../server/src/project/secrets/shapes';
import { isNoCredential, isReference, looksIssued } from '../../server/src/project/secrets/values';
import { commandSecrets } from '../../server/src/rules/admin-processes/secret-on-command-line/command-secrets';
import { kindOfFallback } from '../../server/src/rules/config/secret-fallback/fallbacks';
import { expansionFallbacks } from '../../server/src/rules/config/secret-fallback/shell-fallbacks';

describe('placeholders', () => {
  it.each(['<your-key>', 'xxxx', '****', 'your-api-key', 'changeme', 'mySecretKey', '{{ key }}'])(
    '%s is one',
    (text) => {
      expect(isPlaceholder(text)).toBe(true);
    },
  );
  it.each(['mytest', 'setup123', 'hunter2', 'theodora', 'getaway-9'])('%s is none', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });
});

describe('values that are no credentials', () => {
  it.each([
    '-----BEGIN PUBLIC KEY-----\nMFkw',
    './certs/server.key',
    'https://login.example.com/token',
    '$2b$10$N9qo8uLOickgx2ZMRZoMye',
    '${DB_PASSWORD}',
    '/run/secrets/db',
    'arn:aws:secretsmanager:eu:1:secret:x',
  ])('%s', (text) => {
    expect(isNoCredential(text)).toBe(true);
  });
  it('a password is one', () => {
    expect(isNoCredential('hunter2')).toBe(false);
    expect(isReference('hunter2')).toBe(false);
  });
  it('what machines issue is mixed as no word is', () => {
    expect(looksIssued('f0a9b8c7d6e5f4a3')).toBe(true);
    expect(looksIssued('ollama')).toBe(false);
    expect(looksIssued('application/json')).toBe(false);
  });
});

describe('named values of manifests', () => {
  it.each([
    ['DB_PASSWORD', 'changeme'],
    ['database.password', 'mytest'],
    ['JWT_SECRET', 'secret'],
    ['STRIPE_API_KEY', 'sk-4711-live'],
    ['DATABASE_URL', 'postgres://shop:hunter2@db/shop'],
  ])('%s=%s is a credential', (name, value) => {
    expect(namedCredential(name, value)).toBeDefined();
  });
  it.each([
    ['DB_PASSWORD', '${DB_PASSWORD}'],
    ['PASSWORD_MIN_LENGTH', '12'],
    ['SECRETS_DIR', '/run/secrets'],
    ['STRIPE_API_KEY', '<your-key>'],
    ['STRIPE_PUBLISHABLE_KEY', 'pk_4711'],
    ['REQUIRE_PASSWORD', 'true'],
    ['AUTH_TOKEN_URL', 'https://auth.example.com/token'],
    ['DB_PASSWORD', ''],
  ])('%s=%s is none', (name, value) => {
    expect(namedCredential(name, value)).toBeUndefined();
  });
});

describe('fallbacks', () => {
  it.each([
    ['JWT_SECRET', 'abc', 'known'],
    ['DB_PASSWORD', '', 'empty'],
    ['REDIS_PASSWORD', '', undefined],
    ['STRIPE_API_KEY', 'your-stripe-key', 'useless'],
    ['TOKEN_TTL', '15m', undefined],
    ['DATABASE_URL', 'postgres://a:b@localhost/x', undefined],
    ['DATABASE_URL', 'postgres://a:b4711@db.acme.io/x', 'known'],
  ])('%s with %j', (name, value, kind) => {
    expect(kindOfFallback(name, value)).toBe(kind);
  });
  it('of expansions: an empty one only where it is assigned', () => {
    const names = (text: string): string[] => expansionFallbacks(text).map(({ name }) => name);
    expect(names('x=${DB_PASSWORD:-postgres}')).toEqual(['DB_PASSWORD']);
    expect(names('x=${APP_PASSWORD:=""}')).toEqual(['APP_PASSWORD']);
    expect(names('[ -z "${APP_PASSWORD:-}" ]')).toEqual([]);
    expect(names('# ${DB_PASSWORD:-postgres}')).toEqual([]);
    expect(names('${PORT:-3000}')).toEqual([]);
  });
});

describe('shapes', () => {
  const what = (text: string): string[] => secretShapes(text).map((shape) => shape.what);
  it('finds what stands in a URL, a query, a header', () => {
    expect(what('mongodb://shop:hunter2@db.acme.io/x')).toEqual(['a password in a mongodb:// URL']);
    expect(what('https://x.io/w?appid=4d8fb5b93d4af21d66a2948710284366')).toHaveLength(1);
    expect(what('Bearer 9f3b7c1d5e2a8046')).toEqual(['a credential for a header']);
  });
  it('marks the value of a query, not its name', () => {
    const text = 'https://x.io/w?appid=4d8fb5b93d4af21d66a2948710284366';
    const [shape] = secretShapes(text);
    expect(text.slice(shape?.start, shape?.end)).toBe('4d8fb5b93d4af21d66a2948710284366');
  });
  it.each([
    'postgres://user:password@example.com/db',
    'Bearer ${token}',
    'Basic realm="x"',
    'sk_live_',
  ])('nothing in %s', (text) => {
    expect(what(text)).toEqual([]);
  });
});

describe('command lines', () => {
  const words = (line: string): string[] => {
    const argv = line.split(' ');
    return commandSecrets(argv).map(({ index }) => argv[index] ?? '');
  };
  it.each([
    ['mysql -uroot -p$DB_PASSWORD shop', '-p$DB_PASSWORD'],
    ['docker exec -i db mysqldump --password=hunter2 shop', '--password=hunter2'],
    ['pg_dump postgres://a:$PW@db/shop', 'postgres://a:$PW@db/shop'],
    ['redis-cli -a $REDIS_PASSWORD ping', '$REDIS_PASSWORD'],
    ['docker login -u shop -p $TOKEN', '$TOKEN'],
    ['docker run -e JWT_SECRET=abc4711 shop', 'JWT_SECRET=abc4711'],
  ])('%s', (line, word) => {
    expect(words(line)).toEqual([word]);
  });
  it.each([
    'mysql -uroot -p shop',
    'psql -p 5433 -U shop',
    'echo mysql -psecret',
    'docker run -e JWT_SECRET shop',
    'mkdir -p /var/lib/app',
    'apt-get install -y mysql-client',
  ])('nothing in %s', (line) => {
    expect(words(line)).toEqual([]);
  });
});

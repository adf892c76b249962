import { describe, expect, it } from 'vitest';
import {
  connectionText,
  describeConnection,
  isFixedPlace,
  isLocal,
} from '../../../server/src/project/services/connection-text';
import { isUpstreamName, serviceOfName } from '../../../server/src/project/services/service-names';

describe('connection texts', () => {
  it.each([
    ['mongodb://localhost:27017/app', 'mongodb', 'mongodb://localhost:27017', true],
    [
      'mongodb://a.internal:1,b.internal:2/app',
      'mongodb',
      'mongodb://a.internal:1,b.internal:2',
      false,
    ],
    ['postgres://u:p%40@db.acme.io/app', 'postgres', 'postgres://db.acme.io', false],
    ['amqp://${…}:${…}@127.0.0.1', 'amqp', 'amqp://127.0.0.1', true],
    ['Server=localhost,1433;User Id=sa;Password=x', 'mssql', 'localhost', true],
    ['host=localhost port=5432 dbname=app', 'postgres', 'localhost', true],
    ['localhost:9092', undefined, 'localhost:9092', true],
    ['redis://[::1]:6379', 'redis', 'redis://::1:6379', true],
  ])('reads %s', (text, service, described, local) => {
    const found = connectionText(text);
    expect(found?.service).toBe(service);
    expect(found && describeConnection(found)).toBe(described);
    expect(found && isLocal(found)).toBe(local);
  });

  it('never describes credentials, and says where the host stands', () => {
    const text = 'postgres://admin:secret@db:5432/app';
    const found = connectionText(text);
    expect(found?.hasPassword).toBe(true);
    expect(found && describeConnection(found)).toBe('postgres://db:5432');
    const span = found?.hosts[0]?.span;
    expect(span && text.slice(span.start, span.end)).toBe('db:5432');
  });

  it.each([
    '',
    'two words',
    'mongodb://',
    'ftp://files',
    './dev.db',
    'file:./dev.db',
    'sqlite::memory:',
  ])('reads nothing from %j', (text) => {
    expect(connectionText(text)).toBeUndefined();
  });

  it.each(['redis://${…}:6379', 'redis://example.com', 'redis://host:6379', '8.8.8.8'])(
    'does not hold %s for a place of its own',
    (text) => {
      const found = connectionText(text);
      expect(found && isFixedPlace(found)).toBe(false);
    },
  );
});

describe('names of services', () => {
  it.each([
    ['REDIS_HOST', 'redis'],
    ['databaseUrl', 'sql'],
    ['PGHOST', 'postgres'],
    ['DB_NAME', undefined],
    ['SMTP_FROM', undefined],
    ['STATSD_HOST', undefined],
    ['HOST', undefined],
  ])('%s', (name, service) => {
    expect(serviceOfName(name)).toBe(service);
  });

  it('tells services that are called from addresses of the app itself', () => {
    expect(isUpstreamName('USER_SERVICE_URL')).toBe(true);
    expect(isUpstreamName('PUBLIC_API_URL')).toBe(false);
    expect(isUpstreamName('BASE_URL')).toBe(false);
  });
});

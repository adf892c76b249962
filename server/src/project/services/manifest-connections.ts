import { prismaUrls } from '../../languages/prisma';
import type { ProjectModel } from '../model';
import { connectionText, isFixedPlace } from './connection-text';
import { isDevelopmentSettings } from './environment-sections';
import { settingsConnections, type FixedConnection } from './fixed-connections';
import { jsonValue } from './json-value';

/**
 * The fixed connections of one data file that a database library reads: a Prisma schema, and JSON with a driver beside a host
 * or URL (`ormconfig.json`, `config/config.json` of Sequelize, `datasources.json`). Samples and settings for development are none.
 */
export function manifestConnections(path: string, model: ProjectModel): readonly FixedConnection[] {
  const { files } = model;
  if (isDevelopmentSettings(path) || /(^|[/._-])(example|sample|template|dist)[._-]/i.test(path))
    return [];
  const text = files.text(path) ?? '';
  if (path.endsWith('.prisma'))
    return prismaUrls(text).flatMap(({ value, span }): FixedConnection[] => {
      const connection = connectionText(value);
      return connection?.service !== undefined && isFixedPlace(connection)
        ? [{ path, span, service: connection.service, part: 'url', connection }]
        : [];
    });
  if (files.kind(path) !== 'json' || !DRIVER_KEY.test(text)) return [];
  const root = files.json(path)?.root;
  return root ? settingsConnections(jsonValue(root), path, (value) => value) : [];
}

const DRIVER_KEY = /"(?:dialect|type|client|driver|connector)"\s*:/;

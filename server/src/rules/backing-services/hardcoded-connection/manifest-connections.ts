import { baseName } from '../../../base/paths';
import { contains } from '../../../base/span';
import { prismaUrls } from '../../../languages/prisma';
import type { ProjectModel } from '../../../project/model';
import { connectionText, isFixedPlace } from '../../../project/services/connection-text';
import { isDevelopmentSettings } from '../../../project/services/environment-sections';
import {
  settingsConnections,
  type FixedConnection,
} from '../../../project/services/fixed-connections';
import { jsonValue } from '../../../project/services/json-value';
import { loadedSettings } from '../../../project/urls/config-urls';
import { EXAMPLE_FILES } from '../../../vocabulary/paths';

/**
 * The fixed connections of one data file: a Prisma schema, JSON with a driver beside a host or URL (`ormconfig.json`,
 * `config/config.json` of Sequelize, `datasources.json`), settings files that code loads. Samples and settings for development
 * are none.
 */
export function manifestConnections(path: string, model: ProjectModel): readonly FixedConnection[] {
  const { files } = model;
  if (isDevelopmentSettings(path) || EXAMPLE_FILES.isIn(baseName(path))) return [];
  const text = files.text(path) ?? '';
  if (path.endsWith('.prisma'))
    return prismaUrls(text).flatMap(({ value, span }): FixedConnection[] => {
      const connection = connectionText(value);
      return connection?.service !== undefined && isFixedPlace(connection)
        ? [{ path, span, service: connection.service, part: 'url', connection }]
        : [];
    });
  const strings = settingStrings(path, text, model);
  if (files.kind(path) !== 'json' || !DRIVER_KEY.test(text)) return strings;
  const root = files.json(path)?.root;
  const settings = root ? settingsConnections(jsonValue(root), path, (value) => value) : [];
  // The same string, once with its quotes and once without.
  const isTwice = ({ span }: FixedConnection): boolean =>
    settings.some((one) => contains(one.span, span));
  return [...settings, ...strings.filter((one) => !isTwice(one))];
}

/** Connection strings in a settings file that code loads. */
function settingStrings(path: string, text: string, model: ProjectModel): FixedConnection[] {
  if (!text.includes('://')) return [];
  return loadedSettings(path, model).flatMap(({ value, valueSpan }): FixedConnection[] => {
    const connection = value === undefined ? undefined : connectionText(value);
    return valueSpan && connection?.service !== undefined && isFixedPlace(connection)
      ? [{ path, span: valueSpan, service: connection.service, part: 'url', connection }]
      : [];
  });
}

const DRIVER_KEY = /"(?:dialect|type|client|driver|connector)"\s*:/;

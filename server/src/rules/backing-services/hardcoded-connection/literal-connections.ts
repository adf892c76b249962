import type { Mark } from '../../../project/facts/facts';
import type { LiteralPosition } from '../../../project/facts/literal-position';
import type { ModuleInfo } from '../../../project/model';
import { connectionText, isFixedPlace } from '../../../project/services/connection-text';
import {
  isDevelopmentSection,
  isDevelopmentSettings,
} from '../../../project/services/environment-sections';
import type { FixedConnection } from '../../../project/services/fixed-connections';
import { isDefaultPosition } from '../../../project/urls/use';
import { names } from '../../../vocabulary/names';
import { SHOWN } from '../../../vocabulary/secret-words';

/** What a source handler leaves for a literal that begins like a connection string. */
export interface ConnectionMark {
  readonly text: string;
  readonly position: LiteralPosition;
}

/**
 * Connection strings that are held or passed on, whoever takes them: `mongodb://…` says what it is for. Left out: what is only
 * shown or compared, defaults, settings of development and tests, and hosts that are not written down.
 */
export function literalConnections(
  marks: readonly Mark<ConnectionMark>[],
  module: ModuleInfo,
): readonly FixedConnection[] {
  if (isDevelopmentSettings(module.path)) return [];
  return marks.flatMap(({ span, data }): FixedConnection[] => {
    const { text, position } = data;
    const { names: held, use, development, afterEnvironment } = position;
    if (use !== 'value' || development || afterEnvironment || isDefaultPosition(position))
      return [];
    if (position.part || held.some((name) => isDevelopmentSection(name) || isElsewhere(name)))
      return [];
    const connection = connectionText(text);
    if (connection?.service === undefined || !isFixedPlace(connection)) return [];
    return [{ path: module.path, span, service: connection.service, part: 'url', connection }];
  });
}

/** Is it the name of what is no setting of this app: sample values, documentation, tests? */
function isElsewhere(name: string): boolean {
  return SHOWN.has(name) || FORMS.has(name) || TESTS.test(name);
}

const FORMS = names(
  ['stand-ins and helps', 'mock tooltip template'],
  [
    'what such strings look like',
    'regex pattern scheme schemes protocol protocols prefix prefixes',
  ],
);
const TESTS = /^_?tests?$|^test[A-Z_]|(^|_)TEST(_|$)|Test$|[Pp]laceholder$/;

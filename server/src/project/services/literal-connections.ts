import type { Mark } from '../facts';
import { isDefaultPosition } from '../urls/use';
import type { LiteralPosition } from '../literal-position';
import type { ModuleInfo } from '../model';
import { connectionText, isFixedPlace } from './connection-text';
import { isDevelopmentSection, isDevelopmentSettings } from './environment-sections';
import type { FixedConnection } from './fixed-connections';

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
  marks: readonly Mark[],
  module: ModuleInfo,
): readonly FixedConnection[] {
  if (isDevelopmentSettings(module.path)) return [];
  return marks.flatMap(({ span, data }): FixedConnection[] => {
    const { text, position } = data as unknown as ConnectionMark;
    const { names, use, development, afterEnvironment } = position;
    if (use !== 'value' || development || afterEnvironment || isDefaultPosition(position))
      return [];
    if (position.part || names.some((name) => isDevelopmentSection(name) || OTHERS.test(name)))
      return [];
    const connection = connectionText(text);
    if (connection?.service === undefined || !isFixedPlace(connection)) return [];
    return [{ path: module.path, span, service: connection.service, part: 'url', connection }];
  });
}

/** Names of what is no setting of this app: sample values, documentation, tests. */
const OTHERS =
  /^(_?tests?|mock|sample|example|doc|docs|description|placeholder|help|hint|label|title|tooltip|template|regex|pattern|schemes?|protocols?|prefix(es)?)$|^test[A-Z_]|(^|_)TEST(_|$)|Test$|[Pp]laceholder$/;

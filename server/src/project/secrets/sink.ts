import type { Value } from '../../base/value';
import type { ServiceKind } from '../../vocabulary/services';

/** What a place that takes a credential takes. */
export interface SecretSink {
  /** For messages: `JWT secret`, `database password`. */
  readonly what: string;
  /** The key that an object holds it under, where that is what tells. */
  readonly key?: string;
  /** Somebody else issues it: a placeholder there works nowhere. */
  readonly issued: boolean;
  readonly service?: ServiceKind;
}

/** A value that such a place is given. */
export interface FilledSink {
  readonly value: Value;
  readonly sink: SecretSink;
}

import type { Location } from '../base/span';
import { markdownCode } from '../report/escape';
import type { Places } from './diagnostics';

/** A place with what is written there, as far as it may be shown. */
export interface ValuedPlace extends Location {
  readonly value?: string | undefined;
  /** The one process that is given it. */
  readonly process?: string;
}

export interface Reader {
  /** What starts the process; absent where none reaches the places. */
  readonly process?: string;
  readonly places: readonly Location[];
}

/** What is known of a variable of the environment. Values are masked already. */
export interface VariableCard {
  readonly name: string;
  readonly isSecret: boolean;
  readonly needs: readonly (ValuedPlace & { readonly kind: 'required' | 'default' | 'optional' })[];
  readonly readers: readonly Reader[];
  readonly supplies: readonly ValuedPlace[];
  readonly documented: readonly ValuedPlace[];
  /** The example file that should list it, and does not. */
  readonly lacking: string | undefined;
  /** Who gives it a meaning, where it is not the project. */
  readonly origin: 'platform' | 'library' | undefined;
}

const MOST_PLACES = 4;
const ORIGINS = {
  platform: 'Set by the platform or a tool.',
  library: 'Read by a library or an image.',
};
const NEEDS = { required: 'Required', default: 'Default', optional: 'May be left out' };

/** A variable as Markdown: what becomes of the app without it, who reads it, who supplies it, where it is documented. */
export function variableMarkdown(card: VariableCard, places: Places): string {
  const at = ({ path, span }: Location): string => {
    const { line } = places.range(path, span).start;
    const uri = places.uri(path).replace(/[()]/g, encodeURIComponent);
    return `[${markdownCode(`${path}:${line + 1}`)}](${uri}#L${line + 1})`;
  };
  const valued = (place: ValuedPlace): string => {
    const value = place.value === undefined ? '' : ` ${markdownCode(place.value)}`;
    const process = place.process === undefined ? '' : ` (${markdownCode(place.process)})`;
    return `${at(place)}${value}${process}`;
  };
  const few = (items: readonly string[]): string =>
    items.length > MOST_PLACES
      ? `${items.slice(0, MOST_PLACES).join(', ')} and ${items.length - MOST_PLACES} more`
      : items.join(', ');
  const { name, isSecret, needs, readers, supplies, documented, lacking, origin } = card;
  const lines = [
    ...(origin === undefined ? [] : [ORIGINS[origin]]),
    ...(['required', 'default', 'optional'] as const).flatMap((kind) => {
      const own = needs.filter((need) => need.kind === kind);
      return own.length === 0 ? [] : [`${NEEDS[kind]}: ${few(own.map(valued))}`];
    }),
    ...readers.map(({ process, places: read }) => {
      const by = process === undefined ? '' : ` by ${markdownCode(process)}`;
      return `Read${by}: ${few(read.map(at))}`;
    }),
    ...(readers.length === 0 ? ['No code of this project reads it.'] : []),
    ...(supplies.length === 0 ? [] : [`Supplied: ${few(supplies.map(valued))}`]),
    ...(documented.length === 0 ? [] : [`Documented: ${few(documented.map(valued))}`]),
    ...(lacking === undefined ? [] : [`Not documented in ${markdownCode(lacking)}`]),
    ...(isSecret ? ['A secret: its values are not shown.'] : []),
  ];
  return `${markdownCode(name)}\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

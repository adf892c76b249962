import { Location, Position, Range, Uri, type CodeLens } from 'vscode';
import type * as protocol from 'vscode-languageserver';
import { SHOW_READERS } from '../../server/src/protocol';

/** The editor's own command that shows places which somebody else found. */
const SHOW = 'editor.action.showReferences';

/** Makes a click on a lens that counts readers show them: the server cannot make the editor's own objects. */
export function showsReaders(lens: CodeLens): CodeLens {
  if (lens.command?.command !== SHOW_READERS) return lens;
  const [uri, at, places] = lens.command.arguments as [
    string,
    protocol.Position,
    readonly protocol.Location[],
  ];
  const locations = places.map((place) => {
    const { start, end } = place.range;
    return new Location(Uri.parse(place.uri), new Range(position(start), position(end)));
  });
  lens.command = {
    ...lens.command,
    command: SHOW,
    arguments: [Uri.parse(uri), position(at), locations],
  };
  return lens;
}

function position({ line, character }: protocol.Position): Position {
  return new Position(line, character);
}

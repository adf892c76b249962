import { DockerfileParser, type Dockerfile } from 'dockerfile-ast';

/** A parsed Dockerfile. Positions of its instructions are line/character; `text` turns them into offsets. */
export interface DockerfileSyntax {
  readonly text: string;
  readonly dockerfile: Dockerfile;
}

/**
 * Parses a Dockerfile; never throws.
 * @param text the file's text
 */
export function parseDockerfileSyntax(text: string): DockerfileSyntax {
  return { text, dockerfile: DockerfileParser.parse(text) };
}

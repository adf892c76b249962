import { sourceSpan, type MappedText } from '../../languages/mapped-text';
import {
  parseShellSyntax,
  shellWordText,
  throughText,
  type ShellWord,
} from '../../languages/shell';
import type { ManifestText } from './scalars';

const VALUED =
  /^(-[a-zA-Z]*[epvlwumcahn]|--(name|env|env-file|publish|volume|mount|network|net|link|workdir|user|memory|cpus|add-host|label|entrypoint|hostname|restart|platform|expose|network-alias|health-cmd|health-interval|health-timeout|health-retries|log-driver|log-opt|shm-size|tmpfs|ulimit|pull|ip|dns|cap-add|cap-drop|security-opt|device|gpus|pid|ipc|cidfile|runtime))$/;
const BOOLEAN = /^-[dtiPq]+$/;

/** The images that `docker run` (or podman) commands of a shell text start. */
export function dockerRunImages(text: MappedText): ManifestText[] {
  const syntax = parseShellSyntax(text.text);
  return syntax.commands.flatMap((command) => {
    const word = imageWord(command.words);
    if (!word?.literal) return [];
    const mapped = throughText(text, shellWordText(syntax, word));
    return [{ value: word.text, mapped, span: sourceSpan(mapped, 0, mapped.text.length) }];
  });
}

function imageWord(words: readonly ShellWord[]): ShellWord | undefined {
  const start = words.findIndex((word) => /(^|\/)(docker|podman|nerdctl)$/.test(word.text));
  const run = words.findIndex((word, index) => index > start && word.text === 'run');
  // `docker compose run`, `docker container run`: the word before tells.
  if (start < 0 || run < 0 || words.slice(start + 1, run).some((word) => word.text === 'compose'))
    return undefined;
  for (let at = run + 1; at < words.length; at += 1) {
    const text = words[at]?.text ?? '';
    if (!text.startsWith('-')) return words[at];
    if (!text.includes('=') && !BOOLEAN.test(text) && VALUED.test(text)) at += 1;
  }
  return undefined;
}

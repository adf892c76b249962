import { sourceSpan, type MappedText } from '../../../languages/mapped-text';
import {
  parseShellSyntax,
  shellWordText,
  throughText,
  type ShellWord,
} from '../../../languages/shell';
import type { ManifestText } from '../../../project/manifests/scalars';
import { names } from '../../../vocabulary/names';

/** Options that take the next word. */
const VALUED = names(
  ['the container', '--name --hostname --label --restart --platform --pull --runtime --cidfile'],
  ['what it runs', '--entrypoint --workdir --user --env --env-file'],
  ['network', '--publish --expose --network --net --network-alias --link --add-host --ip --dns'],
  ['files', '--volume --mount --tmpfs --device'],
  ['how much it may use', '--memory --cpus --gpus --shm-size --ulimit'],
  ['what it may do', '--cap-add --cap-drop --security-opt --pid --ipc'],
  ['health', '--health-cmd --health-interval --health-timeout --health-retries'],
  ['logs', '--log-driver --log-opt'],
);
/** `-p`, `-itv`: of several in one word the last takes it. */
const VALUED_SHORT = /^-[a-zA-Z]*[epvlwumcahn]$/;
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
    if (!text.includes('=') && !BOOLEAN.test(text) && (VALUED.has(text) || VALUED_SHORT.test(text)))
      at += 1;
  }
  return undefined;
}

import { closestName } from '../../base/closest-name';
import { FORMATS, type Format } from '../../report/formats';
import { UsageError } from '../usage-error';

/** A report that is asked for; one without a file goes to standard output. */
export interface Output {
  readonly format: Format;
  readonly file?: string;
}

/**
 * The reports that the command line asks for. `--output file` takes the place of standard output, `--output format=file` is one more.
 * @throws UsageError for forms that there are not
 */
export function outputsOf(format: Format, outputs: readonly string[]): readonly Output[] {
  const named = outputs.map((output): Output => {
    const [, name, file = ''] = /^([a-z]+)=(.*)$/s.exec(output) ?? [];
    const known = FORMATS.find((one) => one === name);
    if (known && file !== '') return { format: known, file };
    if (name !== undefined && file !== '') {
      const closest = closestName(name, FORMATS);
      const hint = closest === undefined ? '' : `; did you mean ${closest}?`;
      if (hint !== '') throw new UsageError(`There is no format ${name}${hint}`);
    }
    return { format, file: output };
  });
  const takesOver = outputs.some((output, index) => named[index]?.file === output);
  return takesOver ? named : [{ format }, ...named];
}

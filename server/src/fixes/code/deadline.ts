import type { SourceStyle } from './style';

/**
 * Statements that end a process which is still busy ten seconds after it was told to stop, with a comment that says so. The timer
 * does not keep the process alive.
 */
export function exitDeadline(style: SourceStyle): readonly string[] {
  return [
    '// Whatever is still open after ten seconds is given up.',
    `setTimeout(() => process.exit(1), ${style.tenThousand}).unref()${style.semicolon}`,
  ];
}

/** A parsed TOML document as plain data; positions are found by key search in `text` (`languages/toml.ts`). */
export interface TomlSyntax {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly error: string | undefined;
}

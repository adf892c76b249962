import { htmlText } from '../escape';

/**
 * What every page looks like. The policy names it by its hash, so that nothing else styles a page; a test holds the two together.
 * Colours keep a contrast of 4.5 to 1 on light and dark.
 */
export const STYLE = `:root{color-scheme:light dark;background:Canvas;color:CanvasText;--line:#8884;--dim:#595959;--bad:#a40000;--warn:#7a4b00;--info:#005a7a;--good:#1c6b2a}
@media(prefers-color-scheme:dark){:root{--dim:#b5b5b5;--bad:#ff9c94;--warn:#f0bf6a;--info:#7fcdec;--good:#8fd69b}}
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;border-bottom:1px solid var(--line);padding:.35rem .6rem}
code,pre{font:14px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}pre{overflow-x:auto;border-left:3px solid var(--line);padding-left:.8rem;margin:.3rem 0}
.dim{color:var(--dim)}.error,.against{color:var(--bad)}.warning{color:var(--warn)}.information{color:var(--info)}.hint{color:var(--dim)}.for{color:var(--good)}
.skip{position:absolute;left:-100rem}.skip:focus{position:static}svg text{font:13px system-ui,sans-serif;fill:currentColor}svg rect,svg path{fill:none;stroke:currentColor}`;

/** The address of a line (from 1) of a file, by its path in the folder that a report is about. */
export type PlaceLinks = (path: string, line: number) => string;

/** The SHA-256 of {@link STYLE}, as policies write it. */
export const STYLE_HASH = 'sha256-5S7Tp9hJcrCDy544FdgDYcZ8Pb8Mj2xQ594YQ7+2FXo=';

/**
 * A page that runs no script, loads nothing and says so.
 * @param body HTML, escaped
 */
export function htmlPage(title: string, body: string): string {
  const policy = `default-src 'none'; style-src '${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlText(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<main id="content">
<h1>${htmlText(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

/** A table with a caption; cells are HTML, escaped. The first of each row is its heading. */
export function htmlTable(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const top = head.map((cell) => `<th scope="col">${htmlText(cell)}</th>`).join('');
  const lines = rows.map(
    ([first = '', ...rest]) =>
      `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
  );
  return `<table>\n<caption>${htmlText(caption)}</caption>\n<thead><tr>${top}</tr></thead>\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table>`;
}

/** A path with its line as inline code, which leads there where it is known how. */
export function htmlPlace(path: string, line: number, linkTo?: PlaceLinks): string {
  const place = `<code>${htmlText(`${path}:${line}`)}</code>`;
  return linkTo === undefined ? place : `<a href="${htmlText(linkTo(path, line))}">${place}</a>`;
}

/** A message, whose inline code stays code. */
export function htmlMessage(message: string): string {
  const parts = message.split('`');
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return htmlText(part);
      return index < parts.length - 1 ? `<code>${htmlText(part)}</code>` : htmlText(`\`${part}`);
    })
    .join('');
}

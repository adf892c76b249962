// The document of the scorecard's webview, without VS Code, so that tests can show it elsewhere.

/** What is shown: parts that the server made, or in words why there are none. */
export interface ScorecardContent {
  readonly title: string;
  /** The style sheet of the parts. */
  readonly style: string;
  /** HTML, escaped. */
  readonly html: string;
}

/** Colours and fonts of the theme in place of the browser's; semantic colours keep a contrast of 4.5 to 1 on its background. */
const THEME = `:root{background:var(--vscode-editor-background);color:var(--vscode-editor-foreground);--line:var(--vscode-panel-border,#8884)}
body{background:inherit;color:inherit;font-family:var(--vscode-font-family);font-size:var(--vscode-font-size);margin:0 auto}
code,pre{font-family:var(--vscode-editor-font-family);font-size:var(--vscode-editor-font-size);color:inherit;background:none;padding:0}
a{color:var(--vscode-textLink-foreground)}:focus-visible{outline:2px solid var(--vscode-focusBorder)}
svg text{font-family:var(--vscode-font-family)}.skip:focus{display:inline-block}
.vscode-light{color-scheme:light;--dim:#595959;--bad:#a40000;--warn:#7a4b00;--info:#005a7a;--good:#1c6b2a}
.vscode-dark,.vscode-high-contrast{color-scheme:dark;--dim:#b5b5b5;--bad:#ff9c94;--warn:#f0bf6a;--info:#7fcdec;--good:#8fd69b}
.vscode-high-contrast-light{color-scheme:light;--dim:#3b3b3b;--bad:#a40000;--warn:#5c3900;--info:#004a66;--good:#14521f}
.vscode-high-contrast table{--line:var(--vscode-contrastBorder)}`;

/**
 * Says which place a link leads to, and takes new content without losing where somebody is: position and focus stay. Runs in the page,
 * which VS Code loads anew, as it was first, whenever it is shown again or moved: so it asks for what is current.
 * Links of the page itself and those to the web are left to VS Code.
 */
const SCRIPT = `const vscode=acquireVsCodeApi();
document.addEventListener('click',(event)=>{
  const link=event.target.closest&&event.target.closest('a[href]');
  const href=link&&link.getAttribute('href');
  if(!href||href.startsWith('#')||/^https?:/.test(href))return;
  event.preventDefault();
  vscode.postMessage({open:href});
});
addEventListener('message',({data})=>{
  const content=document.getElementById('content');
  const links=()=>[...content.querySelectorAll('a[href]')];
  const active=document.activeElement;
  const href=content.contains(active)&&active.getAttribute('href');
  const place=href?links().filter((one)=>one.getAttribute('href')===href).indexOf(active):-1;
  const top=scrollY;
  content.innerHTML=data.html;
  scrollTo(0,top);
  const same=href?links().filter((one)=>one.getAttribute('href')===href):[];
  const again=same[Math.min(place,same.length-1)];
  if(again)again.focus({preventScroll:true});
});
vscode.postMessage({ready:true});`;

/**
 * The whole document. It loads nothing, and runs no script and no style but its own.
 * @param nonce a word that nobody can guess, another one each time
 */
export function scorecardPage({ title, style, html }: ScorecardContent, nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style nonce="${nonce}">${style}
${THEME}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<main id="content" tabindex="-1">
${html}
</main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>
`;
}

/** Text as HTML. */
export function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}

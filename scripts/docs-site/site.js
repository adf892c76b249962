// The search: every word has to stand on the page; pages that have one in their title come first.
const input = document.getElementById('query');
const list = document.getElementById('results');
const pages = window.twelveFactorPages.map((page) => ({
  ...page,
  name: page.title.toLowerCase(),
  words: page.text.toLowerCase(),
}));

input.addEventListener('input', () => {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length === 0 ? [] : search(words);
  list.replaceChildren(...found.map((page) => item(page, words[0])));
  if (words.length > 0 && found.length === 0) list.append(document.createTextNode('Nothing found'));
  list.hidden = words.length === 0;
});
input.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') list.hidden = true;
});

function search(words) {
  const inTitle = ({ name }) => words.filter((word) => name.includes(word)).length;
  return pages
    .filter(({ name, words: text }) =>
      words.every((word) => name.includes(word) || text.includes(word)),
    )
    .sort((a, b) => inTitle(b) - inTitle(a))
    .slice(0, 20);
}

function item({ url, title, text, words }, word) {
  const entry = document.createElement('li');
  const link = document.createElement('a');
  link.href = `${document.body.dataset.base}/${url}`;
  link.textContent = title;
  const part = document.createElement('p');
  const at = Math.max(0, words.indexOf(word) - 40);
  part.textContent = `…${text.slice(at, at + 140)}…`;
  entry.append(link, part);
  return entry;
}

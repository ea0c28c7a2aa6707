const search = document.getElementById('search');
const nothing = document.getElementById('nothing');
const articles = [...document.querySelectorAll('article')].map((it) => [it, it.textContent.toLowerCase()]);
search.hidden = false;
search.addEventListener('input', () => {
  const wanted = search.value.trim().toLowerCase();
  let found = 0;
  for (const [article, text] of articles) {
    article.hidden = !text.includes(wanted);
    found += article.hidden ? 0 : 1;
    const link = document.querySelector(`[data-find="${article.id}"]`);
    if (link) link.hidden = article.hidden;
  }
  nothing.hidden = found > 0;
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  }
});

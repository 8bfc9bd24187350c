// Finding events and choosing a language; the page is whole without it.
const filter = document.getElementById("filter");
const found = document.getElementById("found");
const events = [...document.querySelectorAll("article")];

function find() {
  const words = filter.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const event of events) {
    const fits = words.every((word) => event.dataset.words.includes(word));
    event.hidden = !fits;
    document.querySelector(`nav [data-of="${event.id}"]`).hidden = !fits;
    if (fits) shown += 1;
  }
  found.textContent = words.length ? `${shown} / ${events.length}` : "";
}

filter.addEventListener("input", find);
filter.form.addEventListener("submit", (submitted) => submitted.preventDefault());
filter.form.addEventListener("change", (changed) => {
  if (changed.target.name === "language") {
    document.documentElement.dataset.language = changed.target.value;
    document.documentElement.lang = changed.target.value === "en" ? "en" : "zh";
  }
});

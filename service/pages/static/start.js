// The two forms of the start page. Everything from an answer is put in as text, never as HTML.

const LEVELS = [["journal", "Fullständig"], ["plain", "Klarspråk"], ["easy", "Enkel"]];

// The service speaks of headers, to those who send them.
const REFUSED = {
  401: "Nyckeln saknas eller gäller inte. Skriv en som gäller i rutan Nyckel.",
  403: "Nyckeln räcker inte till det här. Be den som driver tjänsten om en med fler behörigheter.",
};

function element(name, content = "", className = "") {
  const made = document.createElement(name);
  made.append(...[content].flat());
  if (className) made.className = className;
  return made;
}

// The key stands in its field and nowhere else: not in the address, not in storage.
function authorization() {
  const key = document.getElementById("nyckel")?.value.trim();
  if (!key) return {};
  if (/[^!-~]/.test(key)) throw new Error("Nyckeln har tecken som inte finns i någon nyckel. Kopiera den på nytt.");
  return { Authorization: `Bearer ${key}` };
}

async function ask(url, body) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": "sv", ...authorization() },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  if (response.status in REFUSED) throw new Error(REFUSED[response.status]);
  const details = (answer.errors ?? [answer]).map((fault) => fault.detail);
  throw new Error([answer.title, ...details].join(". "));
}

function onSubmit(name, work) {
  const form = document.getElementById(`${name}-form`);
  const place = document.getElementById(`${name}-svar`);
  const button = form.querySelector("button");
  button.disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.setAttribute("aria-disabled", "true");
    try {
      place.replaceChildren(await work(form.dataset.url, new FormData(form)));
    } catch (error) {
      const lost = error instanceof TypeError || error instanceof SyntaxError;
      place.replaceChildren(element("p", lost ? "Tjänsten svarar inte. Försök igen." : error.message, "wrong"));
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
}

function entryOf(data) {
  const code = data.get("code").trim();
  return /^[bsde]\s*\d/i.test(code)
    ? { type: "functioning", icf: code, ...(/[.+]/.test(code) ? {} : { qualifier: Number(data.get("qualifier")) }) }
    : { type: "activity", ksi: code, status: data.get("status") };
}

async function phrases(url, data) {
  const person = { name: data.get("name").trim() || "NN", pronoun: data.get("pronoun") };
  const entries = [entryOf(data)];
  const answers = await Promise.all(LEVELS.map(([level]) => ask(url, { person, level, entries })));
  const failed = answers.find((answer) => answer.phrases[0].error);
  if (failed) throw new Error(failed.phrases[0].error.message);
  const list = element("dl");
  LEVELS.forEach(([, title], index) => {
    list.append(element("dt", title), element("dd", answers[index].phrases[0].text));
  });
  return list;
}

function suggestion(found) {
  const percent = `${Math.round(found.confidence * 100)} %`;
  const words = found.evidence.map((part) => element("mark", part.text));
  const spoken = words.flatMap((word, index) => (index ? [" … ", word] : [word]));
  return element("li", [
    element("p", [element("span", found.code, "code"), ` ${found.title}`]),
    element("p", found.plain, "quiet"),
    element("p", [`${found.status} ${found.status_title}, ${percent}. `, ...(spoken.length ? ["Ord: ", ...spoken] : [])]),
    ...(found.selected ? [element("p", "✓ Föreslås", "chosen")] : []),
    ...(found.question ? [element("p", found.question.text)] : []),
  ]);
}

async function suggestions(url, data) {
  const answer = await ask(url, { text: data.get("text"), selection: data.get("selection") || null });
  const warnings = answer.warnings.map((warning) => element("p", warning.message, "note"));
  const list = answer.suggestions.length
    ? element("ol", answer.suggestions.map(suggestion))
    : element("p", "Ingen aktivitet hittades i anteckningen.");
  return element("div", [...warnings, list]);
}

onSubmit("fras", phrases);
onSubmit("forslag", suggestions);

// Båda anropen från TypeScript: fraser av uppgifter, och förslag på koder för en anteckning.
// Typerna i ordbro.d.ts är gjorda ur docs/openapi.json; se README.md.
import createClient from "openapi-fetch";
import type { components, paths } from "./ordbro.js";

const [address = "http://127.0.0.1:8000", key] = process.argv.slice(2);

const ordbro = createClient<paths>({
  baseUrl: `${address}/ordbro/v1`,
  headers: { "Accept-Language": "sv", ...(key ? { Authorization: `Bearer ${key}` } : {}) },
});

// Ett problem (RFC 9457) säger vilket fält som är fel, och innehåller aldrig något ur anteckningen.
function explained(problem: components["schemas"]["ProblemDetails"]): Error {
  const faults = (problem.errors ?? []).map((fault) => `${fault.pointer ?? fault.parameter}: ${fault.detail}`);
  return new Error([`${problem.status} ${problem.title}`, ...faults].join("\n"));
}

const told = await ordbro.POST("/phrases", {
  body: {
    person: { name: "NN", pronoun: "hen", address: "third" },
    level: "journal",
    entries: [
      { type: "functioning", icf: "d6402", qualifier: 2, moment: "assessed", source: "caseworker" },
      { type: "activity", ksi: "SOG.RB.ZZ", status: "55", weekdays: ["mon"] },
    ],
  },
});
if (told.error) throw explained(told.error);
for (const phrase of told.data.phrases) {
  // Varje uppgift får sin fras eller sitt fel; ett fel i en hindrar inte de andra.
  console.log("error" in phrase ? `${phrase.error.field}: ${phrase.error.message}` : phrase.text);
}

const found = await ordbro.POST("/suggestions", {
  body: { text: "Hjälpte NN att duscha och tvätta håret.", selection: "ÄOU", limit: 3 },
});
if (found.error) throw explained(found.error);
for (const { code, title, status_title, confidence } of found.data.suggestions) {
  console.log(`${code} ${title}, ${status_title}: ${Math.round(confidence * 100)} %`);
}

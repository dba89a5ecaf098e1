// The texts a search found as a list of citations: BibTeX, RIS, CSL-JSON. Loaded when a reader asks for them.
import { make } from "./search-show.js";
import { dated, gettext, ngettext } from "./words.js";

/** Texts cited at once. */
const MAX_CITED = 200;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

/** The record of one text: what a citation may say of it. */
async function record(row, { rows, text }, top) {
  const { id, title, authors, families = [], sha256 } = await text(row);
  const number = rows.dates[row];
  const date = number ? [Math.floor(number / 10000), Math.floor(number / 100) % 100, number % 100].filter(Boolean) : [];
  return { id, title: title || gettext("Untitled text"), authors: authors.map((name, place) => split(name, families[place])), date, edtf: rows.edtf.get(row), publisher: rows.publishers[rows.publisher[row]][0],
    address: `${top}t/${id}.html`, note: gettext("SHA-256 of the raw file: %(sha256)s", { sha256 }) };
}

/** A name as citations have it: in two where its last `words` words are known to be the family name. */
function split(literal, words) {
  const all = literal.trim().split(/\s+/);
  return words ? { family: all.slice(-words).join(" "), given: all.slice(0, -words).join(" ") } : { literal };
}

const padded = (part) => String(part).padStart(2, "0");
const latex = (text) => text.replace(/[\\{}&%$#_~^]/g, (one) => ({ "\\": "\\textbackslash{}", "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}" }[one] ?? `\\${one}`));

function bibtex({ id, title, authors, date, edtf, publisher, address, note }) {
  const fields = [["author", authors.map(({ literal, family, given }) => literal ? `{${latex(literal)}}` : `${latex(family)}, ${latex(given)}`).join(" and ")], ["title", `{${latex(title)}}`],
    ["howpublished", latex(publisher)], ["date", edtf],
    ["year", date[0]], ["month", MONTHS[date[1] - 1]], ["note", latex(note)], ["url", address]];
  return `@misc{${id},\n${fields.filter(([, value]) => value).map(([key, value]) => `  ${key} = {${value}},`).join("\n")}\n}`;
}

function ris({ id, title, authors, date, edtf, publisher, address, note }) {
  const fields = [["TY", "NEWS"], ...authors.map(({ literal, family, given }) => ["AU", literal ?? `${family}, ${given}`]), ["TI", title], ["T2", publisher], ["PY", date[0]],
    ["DA", edtf ? [...date.map(padded), "", "", ""].slice(0, 3).join("/") + `/${dated(0, edtf)}` : date.map(padded).join("/")], ["AN", id], ["UR", address], ["N1", note]];
  return `${fields.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${value}`).join("\n")}\nER  - `;
}

/** The ends of an interval, or the one date; "circa" where it is approximate or uncertain. */
function issued(date, edtf) {
  if (!edtf) return { "date-parts": [date] };
  const parts = edtf.split("/").map((end) => end.replace(/[?~%]$/, "").split("-").map(Number));
  return { "date-parts": parts, ...(/[?~%]/.test(edtf) && { circa: true }) };
}

function csl({ id, title, authors, date, edtf, publisher, address, note }) {
  const entry = { id, type: "article-newspaper", title, author: authors,
    "container-title": publisher, URL: address, note };
  return date.length ? { ...entry, issued: issued(date, edtf) } : entry;
}

const FORMATS = [
  ["BibTeX", "bib", (all) => all.map(bibtex).join("\n\n")],
  ["RIS", "ris", (all) => all.map(ris).join("\n")],
  ["CSL-JSON", "json", (all) => JSON.stringify(all.map(csl), null, 1)],
];

/** The texts found as files of citations: elements. */
export async function citations(found, index, top) {
  const shown = found.slice(0, MAX_CITED);
  const all = await Promise.all(shown.map((row) => record(row, index, top)));
  const files = FORMATS.map(([name, ending, written]) => {
    const text = written(all);
    const link = make("a", { download: `results.${ending}`, href: `data:text/plain;charset=utf-8,${encodeURIComponent(text)}` }, gettext("Download %(name)s", { name }));
    return make("details", {}, make("summary", {}, name), make("p", { class: "take" }, link), make("pre", {}, text));
  });
  const first = ngettext("The first %(shown)s of %(num)s pages.", "The first %(shown)s of %(num)s pages.", found.length, { shown: shown.length });
  return found.length > shown.length ? [make("p", { class: "note" }, first), ...files] : files;
}

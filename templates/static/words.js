// The words of the scripts in the language of the page. The messages are English; a page in another language holds their
// translations, collected from the calls of `gettext` and `ngettext`.

const page = globalThis.document;
const held = page?.getElementById("words");
const table = held ? JSON.parse(held.textContent) : {};
const language = `${page?.documentElement.lang || "en"}-u-nu-latn`;
const rules = new Intl.PluralRules(language);
/** The categories of plurals in the order of a message's forms. */
const FORMS = ["zero", "one", "two", "few", "many", "other"];
const MONTHS = [gettext("January"), gettext("February"), gettext("March"), gettext("April"), gettext("May"),
  gettext("June"), gettext("July"), gettext("August"), gettext("September"), gettext("October"), gettext("November"),
  gettext("December")];

function filled(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => values[name]).replaceAll("%%", "%");
}

/** A message with its values: `%(name)s`. */
export function gettext(message, values = {}) {
  const found = table[message];
  return filled((Array.isArray(found) ? found[0] : found) || message, values);
}

/** The form of a message for a number, which stands in it as `%(num)s`. */
export function ngettext(one, many, number, values = {}) {
  const forms = table[one];
  const category = rules.select(number);
  const place = Number(category !== "one");
  const found = forms?.[forms.length > 2 ? FORMS.indexOf(category) : place];
  return filled(found || [one, many][place], { num: figure(number), ...values });
}

/** A number in figures. */
export function figure(number) {
  return number.toLocaleString(language);
}

/** A date in words: yyyymmdd, with its EDTF where that says more -> "15 March 2017", "about 1950", "undated". */
export function dated(number, edtf) {
  if (!edtf) return plain(number);
  const [first, last] = edtf.split("/").map(qualified);
  return last === undefined ? first : gettext("%(first)s to %(last)s", { first, last });
}

function qualified(end) {
  const [year, month, day] = end.replace(/[?~%]$/, "").split("-").map(Number);
  const date = plain(year * 10000 + (month || 0) * 100 + (day || 0));
  switch (end.at(-1)) {
    case "?": return gettext("perhaps %(date)s", { date });
    case "~": return gettext("about %(date)s", { date });
    case "%": return gettext("perhaps about %(date)s", { date });
    default: return date;
  }
}

function plain(number) {
  if (!number) return gettext("undated");
  const [year, month, day] = [Math.floor(number / 10000), Math.floor(number / 100) % 100, number % 100];
  if (!MONTHS[month - 1]) return String(year);
  const values = { day: day === 1 ? gettext("1") : day, month: MONTHS[month - 1], year };
  return day ? gettext("%(day)s %(month)s %(year)s", values) : gettext("%(month)s %(year)s", values);
}

/** Texts as one list: "menus, notices". */
export function joined(texts) {
  return texts.join(gettext(", "));
}

/** Values that keep places in a message for elements; `placed` puts these in. */
export function slots(...names) {
  return Object.fromEntries(names.map((name) => [name, `\u0000${name}\u0000`]));
}

/** A message with slots as nodes: text, and for each slot what is given under its name. */
export function placed(message, elements) {
  return message.split("\u0000").flatMap((piece, at) => (at % 2 ? elements[piece] : piece)).filter((node) => node !== "");
}

/** Elements as a list in a sentence: "a", "a and b", "a, b and c". */
export function listed(elements) {
  if (elements.length < 2) return elements;
  const first = elements.slice(0, -1).flatMap((one, at) => (at ? [gettext(", "), one] : [one]));
  return placed(gettext("%(first)s and %(last)s", slots("first", "last")), { first, last: elements.at(-1) });
}

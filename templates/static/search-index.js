// The index: Pagefind says which texts contain a token, the catalogue everything else. Texts are fetched one by one,
// where they are shown or a token has to be checked.
import { tokenizer } from "./search-tokens.js";

/** Sorts after every token that begins with the one before it. */
const AFTER = "zzzz";

/** Open catalogue and bundles below `root`. Rejects when either cannot be had. */
export async function open(root) {
  const bundle = (number) => new URL(`search/${number}/`, root).pathname;
  const script = import(`${bundle(0)}pagefind.js`);
  script.catch(() => {}); // an archive without texts has none
  const [table, columns] = await Promise.all(["data/folding.json", "search/catalogue.pack"].map((path) => unpacked(new URL(path, root))));
  const rows = catalogue(columns);
  const words = tokenizer(table);
  const texts = new Map();
  const text = (row) => {
    if (!texts.has(row)) texts.set(row, fragment(root, rows, row));
    return texts.get(row);
  };
  if (!rows.sizes.length) return { rows, text, words, find: async () => new Map() };
  const { createInstance } = await script;
  const pagefind = createInstance({ basePath: bundle(0), baseUrl: "/", noWorker: true, metaCacheTag: rows.tag });
  const others = rows.sizes.slice(1).map((_, place) =>
    pagefind.mergeIndex(bundle(place + 1), { baseUrl: "/", metaCacheTag: rows.tag }));
  await Promise.all([pagefind.search(""), ...others]); // an empty search fetches nothing, but fails where loading failed
  const search = async (query) => byRow((await pagefind.search(query)).results, rows);
  const known = new Map();
  return {
    rows,
    text,
    words,
    find(term) {
      const key = `${term.quoted ? '"' : ""}${term.tokens.join(" ")}/${term.tail}`;
      if (!known.has(key)) known.set(key, found(term, { search, rows, text, words, pagefind }));
      return known.get(key);
    },
  };
}

/** What the index keeps of one text: id, title, authors, paragraphs, starts (the place of the first token of each
 *  paragraph), end (the place after the last), extra (tokens besides), extras ([place, paragraph] of each of these). */
function fragment(root, rows, row) {
  const id = rows.idOf[row].toString(16).padStart(7, "0");
  return unpacked(new URL(`search/${rows.bundleOf[row]}/fragment/unknown_${id}.pf_fragment`, root));
}

async function unpacked(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  let bytes = await response.arrayBuffer();
  if (new Uint8Array(bytes)[0] === 0x1f) { // else a server has unpacked it already
    bytes = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  }
  return JSON.parse(new TextDecoder().decode(bytes).replace(/^pagefind_dcd/, ""));
}

/** Add to the columns: the row of each result id, the bundle of each row, the EDTF of inexact dates by row. */
function catalogue(columns) {
  const rowOf = new Map();
  const bundleOf = [];
  const idOf = [];
  columns.sizes.forEach((size, bundle) => {
    for (let id = 0, left = size; left > 0; left -= 1) {
      id += columns.ids[bundleOf.length];
      rowOf.set(id, bundleOf.length);
      bundleOf.push(bundle);
      idOf.push(id);
    }
  });
  return { ...columns, total: bundleOf.length, rowOf, bundleOf, idOf, edtf: new Map(columns.inexact) };
}

/** The rows that contain a term: row -> {score, exact, places}. */
async function found(term, index) {
  if (term.tokens.length === 0) return beginning(term.tail, index);
  if (term.tokens.length === 1 && !term.tail) {
    const [token] = term.tokens;
    const exactly = await index.search(`"${token}"`);
    if (term.quoted || term.pair) return exact(exactly, await index.search(token));
    return exact(exactly, await beginning(token, index, exactly), { rest: true });
  }
  const { tokens: all, tail } = term;
  const phrase = all.length > 1 || !tail ? await index.search(`"${all.join(" ")}"`) : await exactWord(all[0], index);
  const whole = exact(phrase, await index.search(all.join(" ")));
  if (tail) return both(whole, await beginning(tail, index));
  if (whole.size || term.quoted || term.pair) return whole;
  // An unquoted compound that is no phrase anywhere: its parts, the last of which may be a beginning.
  const parts = await Promise.all(all.map((token, at) =>
    (at === all.length - 1 ? found({ tokens: [token], tail: "" }, index) : exactWord(token, index))));
  return parts.reduce(both);
}

async function exactWord(token, index) {
  return exact(await index.search(`"${token}"`), await index.search(token));
}

/** Scores of the loose search for the rows of the exact one; with `rest`, the other loose rows as well. */
function exact(exactly, loosely, { rest = false } = {}) {
  const rows = new Map();
  for (const [row, { score, places }] of exactly) {
    const loose = loosely.get(row);
    rows.set(row, { score: loose?.score ?? score, exact: true, places: places.length ? places : loose?.places ?? [] });
  }
  if (rest) for (const [row, one] of loosely) if (!rows.has(row)) rows.set(row, { ...one, exact: false });
  return rows;
}

/** Rows in both, with the places of both. */
function both(one, other) {
  const rows = new Map();
  for (const [row, { score, exact: whole, places }] of one) {
    const second = other.get(row);
    if (second) rows.set(row, { score: score + second.score, exact: whole && second.exact, places: [...places, ...second.places] });
  }
  return rows;
}

/** The rows with a token that begins so. Pagefind answers an unknown token with a shorter one, so a bundle without the
 *  token itself is checked at one of its texts. */
async function beginning(token, { search, rows, text, words, pagefind }, exactly) {
  await pagefind.preload(token + AFTER); // longer tokens may lie in the next part of the index
  const sure = new Set([...(exactly ?? await search(`"${token}"`)).keys()].map((row) => rows.bundleOf[row]));
  const loosely = await search(token);
  await Promise.all([...groups(loosely, rows)].map(async ([bundle, all]) => {
    if (sure.has(bundle) || holds(await text(all[0]), loosely.get(all[0]).places, token, words)) return;
    for (const row of all) loosely.delete(row);
  }));
  return loosely;
}

function byRow(results, rows) {
  const all = new Map();
  for (const { id, score, words } of results) {
    const row = rows.rowOf.get(parseInt(id.slice(id.lastIndexOf("_") + 1), 16));
    if (row !== undefined) all.set(row, { score, exact: false, places: words });
  }
  return all;
}

function groups(all, rows) {
  const bundles = new Map();
  for (const row of all.keys()) {
    const bundle = rows.bundleOf[row];
    if (!bundles.has(bundle)) bundles.set(bundle, []);
    bundles.get(bundle).push(row);
  }
  return bundles;
}

/** Whether a text has a token that begins so, at one of these places or (places of extra tokens) anywhere. */
function holds(text, places, token, { units, tokens }) {
  const all = tokens([text.title, ...text.authors, ...text.paragraphs].flatMap((one) => units(one)));
  const there = places.filter((place) => place < all.length);
  return there.length ? there.some((place) => all[place].startsWith(token)) : places.length > 0 && ` ${text.extra}`.includes(` ${token}`);
}

// The index: Pagefind says which texts contain a word, the catalogue everything else. Texts are fetched one by one,
// where they are shown or a word has to be checked.
import { folded } from "./search-query.js";

/** Open catalogue and bundles below `root`. Rejects when either cannot be had. */
export async function open(root) {
  const bundle = (number) => new URL(`search/${number}/`, root).pathname;
  const script = import(`${bundle(0)}pagefind.js`);
  script.catch(() => {}); // an archive without texts has none
  const rows = catalogue(await unpacked(new URL("search/catalogue.pack", root)));
  const texts = new Map();
  const text = (row) => {
    if (!texts.has(row)) texts.set(row, fragment(root, rows, row));
    return texts.get(row);
  };
  if (!rows.sizes.length) return { rows, text, find: async () => new Map() };
  const { createInstance } = await script;
  const pagefind = createInstance({ basePath: bundle(0), baseUrl: "/", noWorker: true, metaCacheTag: rows.tag });
  const others = rows.sizes.slice(1).map((_, place) =>
    pagefind.mergeIndex(bundle(place + 1), { baseUrl: "/", metaCacheTag: rows.tag }));
  await Promise.all([pagefind.search(""), ...others]); // an empty search fetches nothing, but fails where loading failed
  const known = new Map();
  return {
    rows,
    text,
    find(term) {
      const key = `${term.phrase ? '"' : ""}${term.text}`;
      if (!known.has(key)) known.set(key, found(pagefind, rows, term, text));
      return known.get(key);
    },
  };
}

/** What Pagefind keeps of one text: url, meta.title, content, and anchors with the text of each paragraph. */
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

/** Add to the columns: the row of each result id, the bundle of each row. */
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
  return { ...columns, total: bundleOf.length, rowOf, bundleOf, idOf };
}

/** The rows that contain a term: row -> {score, places}. */
async function found(pagefind, rows, term, text) {
  const exactly = await pagefind.search(`"${term.text}"`);
  if (term.phrase) return byRow(exactly.results, rows);
  const loosely = byRow((await pagefind.search(term.text)).results, rows);
  const sure = new Set([...byRow(exactly.results, rows).keys()].map((row) => rows.bundleOf[row]));
  await Promise.all([...groups(loosely, rows)].map(async ([bundle, all]) => {
    if (sure.has(bundle) || (await holds(await text(all[0]), loosely.get(all[0]).places, term))) return;
    for (const row of all) loosely.delete(row);
  }));
  return loosely;
}

function byRow(results, rows) {
  const all = new Map();
  for (const { id, score, words } of results) {
    const row = rows.rowOf.get(parseInt(id.slice(id.lastIndexOf("_") + 1), 16));
    if (row !== undefined) all.set(row, { score, places: words });
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

/** Pagefind answers a word it does not know with a shorter one. Does this text really hold a word that begins so? */
function holds({ content }, places, term) {
  const words = content.split(/\s+/);
  const wanted = folded(term.text);
  return places.some((place) => folded(words[place] ?? "").includes(wanted));
}

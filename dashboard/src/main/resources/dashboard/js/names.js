/** Names that several of a list share, and what tells those apart. */
const WHOLE_MAX = 12;
const END_LENGTH = 8;

/**
 * Of those that share their name the id, as short as tells them apart; the others are not in it.
 * @param {{id: string, name: string | null | undefined}[]} list may hold one of them several times
 * @returns {Map<string, string>} by id
 */
export function twins(list) {
  /** @type {Map<string, Set<string>>} */
  const idsByName = new Map();
  for (const {id, name} of list) {
    const shown = (name || id).trim().toLowerCase();
    idsByName.set(shown, (idsByName.get(shown) ?? new Set()).add(id));
  }
  const shared = [...idsByName.values()].filter(ids => ids.size > 1);
  return new Map(shared.flatMap(ids => [...ids].map(id => [id, short(id, ids)])));
}

/** @param {string} id @param {Set<string>} ids of the same name */
function short(id, ids) {
  const end = id.slice(-END_LENGTH);
  const isAlone = [...ids].filter(other => other.endsWith(end)).length === 1;
  return id.length > WHOLE_MAX && isAlone ? `…${end}` : id;
}

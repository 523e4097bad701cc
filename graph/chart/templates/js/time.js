// When a claim held, as far as dates at their own precision tell: as `analyze` and `path` judge it (explore/ties.py).

/** The first day that a date can mean, as text that sorts like the days do. @param {string} when */
function earliest(when) {
  return when.length === 4 ? `${when}-01-01` : when.length === 7 ? `${when}-01` : when;
}

/** The last day that it can mean. @param {string} when */
function latest(when) {
  return when.length === 4 ? `${when}-12-31` : when.length === 7 ? `${when}-31` : when;
}

/**
 * Whether a claim held at a date: "no" only where it cannot have; 2014 may be any day of 2014.
 * What has no end is known to go on until its source said so, not longer; what has no beginning, at that day; a post
 * that is a former one has ended at some day that nobody gave.
 * @param {Claim} claim @param {string} when @returns {"yes"|"maybe"|"no"}
 */
function holds(claim, when) {
  const first = earliest(when), last = latest(when);
  if (claim.from && earliest(claim.from) > last) return "no";
  if (claim.to && latest(claim.to) < first) return "no";
  const over = DATA.past.includes(claim.p);
  const asOf = over ? "" : claim.asOf, said = over ? "" : (SOURCES.get(claim.source) || {}).date;
  const start = claim.from || asOf, end = claim.to || asOf || said;
  return start && end && latest(start) <= first && last <= earliest(end) ? "yes" : "maybe";
}

/** Whether a claim has any date of its own. @param {Claim} claim */
function dated(claim) {
  return Boolean(claim.from || claim.to || claim.asOf);
}

/** Months from the first to the last that any claim names, as year × 12 + month. */
const MONTHS = (() => {
  const days = CLAIMS.flatMap((claim) => [claim.from, claim.to, claim.asOf])
    .flatMap((when) => (when ? [earliest(when), latest(when)] : [])).sort();
  return days.length ? { first: monthOf(days[0]), last: monthOf(days[days.length - 1]) } : null;
})();

/** @param {string} day */
function monthOf(day) {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

/** @param {number} month @returns {string} 2014-05 */
function monthText(month) {
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
}

/** A date for people. @param {string} when */
function dateText(when) {
  const [year, month, day] = when.split("-").map(Number);
  if (STATE.lang !== "ja") return when;
  return [`${year}年`, month ? `${month}月` : "", day ? `${day}日` : ""].join("");
}

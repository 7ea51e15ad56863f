// A page of the ledger. Purposes and payees come from users: textContent only. CSS that makes cards of rows on a phone takes their meaning
// away from screen readers, hence the roles.
const role = (node, name) => { node.setAttribute("role", name); return node }
const COLUMNS = ["day", "voucher", "purpose", "item", "income", "spending", "balance", "papers"]

export default function ({ parentElement, data: { json }, setTriggerValue }) {
  const data = JSON.parse(json)
  const root = parentElement.querySelector(".ledger")
  const focused = root.getRootNode().activeElement?.dataset?.at
  const open = (id) => setTriggerValue("opened", id)
  root.replaceChildren()

  const table = role(add(root, "table"), "table")
  add(table, "caption", data.words.caption)
  const head = role(add(role(add(table, "thead"), "rowgroup"), "tr"), "row")
  for (const name of COLUMNS) role(add(head, "th", data.words[name], name), "columnheader").scope = "col"
  const body = role(add(table, "tbody"), "rowgroup")
  for (const row of data.rows) {
    const line = role(add(body, "tr", "", row.looks), "row")
    for (const name of COLUMNS) {
      const cell = role(add(line, "td", "", row[name] ? name : `${name} void`), "cell")
      if (name === "purpose") {
        const button = add(cell, "button", row.purpose)
        button.type = "button"
        button.dataset.at = row.id
        if (row.payee) add(cell, "small", row.payee)
        for (const { word, tone, why } of row.marks) add(cell, "span", word, `mark ${tone}`).title = why
      } else cell.append(row[name] ?? "")
      if (name === "papers" && row.bare && row.papers) cell.classList.add("bare")
    }
    line.onclick = () => { if (!String(getSelection())) open(row.id) }
  }
  if (data.sums) {
    const foot = role(add(role(add(table, "tfoot"), "rowgroup"), "tr"), "row")
    for (const name of COLUMNS) role(add(foot, "td", data.sums[name] ?? "", data.sums[name] ? name : `${name} void`), "cell")
  }
  if (data.pager) {
    const pager = add(root, "nav", "", "pager")
    pager.setAttribute("aria-label", data.words.pages)
    add(pager, "span", data.pager.told, "told")
    for (const { to, sign, name } of data.pager.steps) {
      const button = add(pager, "button", sign)
      button.type = "button"
      button.title = name
      button.setAttribute("aria-label", name)
      button.dataset.at = `page ${sign}`
      button.disabled = to === null
      button.onclick = () => setTriggerValue("turned", to)
    }
  }

  root.onkeydown = (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    const here = root.getRootNode().activeElement
    if (!step || !here?.closest("tbody")) return
    const lines = [...root.querySelectorAll("tbody button")]
    lines[lines.indexOf(here) + step]?.focus()
    event.preventDefault()
  }
  if (focused) [...root.querySelectorAll("button")].find(({ dataset }) => dataset.at === focused)?.focus({ preventScroll: true })
  const isNarrowed = root.ubSeen !== undefined && root.ubSeen !== data.narrowed  // a figure elsewhere was pressed: bring its lines in sight
  root.ubSeen = data.narrowed
  const top = root.getBoundingClientRect().top
  if (isNarrowed && (top < 0 || top > innerHeight * 0.7)) root.getRootNode().host.scrollIntoView({ behavior: "smooth", block: "start" })
}

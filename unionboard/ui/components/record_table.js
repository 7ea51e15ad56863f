// A small table of records: real rows and cells, cards on a phone, one press opens a record. User text only ever enters as textContent.
const role = (node, name) => { node.setAttribute("role", name); return node }

export default function ({ parentElement, data: { json }, setTriggerValue }) {
  const data = JSON.parse(json)
  const root = parentElement.querySelector(".records")
  const focused = root.getRootNode().activeElement?.dataset?.at
  root.replaceChildren()
  const table = role(add(root, "table"), "table")
  add(table, "caption", data.caption)
  const head = role(add(role(add(table, "thead"), "rowgroup"), "tr"), "row")
  for (const { label, look } of data.columns) role(add(head, "th", label, look), "columnheader").scope = "col"
  const body = role(add(table, "tbody"), "rowgroup")
  for (const row of data.rows) {
    const line = role(add(body, "tr", "", row.looks), "row")
    for (const { key, look, label } of data.columns) {
      const cell = role(add(line, "td", "", row[key] ? look : `${look} void`), "cell")
      cell.dataset.label = label
      if (look.startsWith("main") && row.id !== undefined) {
        const button = add(cell, "button", row[key])
        button.type = "button"
        button.dataset.at = row.id
      } else cell.append(row[key] ?? "")
      if (look.startsWith("main")) for (const { word, tone } of row.marks ?? []) add(cell, "span", word, `mark ${tone}`)
    }
    if (row.id !== undefined) line.onclick = () => { if (!String(getSelection())) setTriggerValue("opened", row.id) }
    else line.classList.add("still")
  }
  if (data.sums) {
    const foot = role(add(role(add(table, "tfoot"), "rowgroup"), "tr"), "row")
    for (const { key, look, label } of data.columns) {
      role(add(foot, "td", data.sums[key] ?? "", data.sums[key] ? look : `${look} void`), "cell").dataset.label = label
    }
  }
  if (focused) [...root.querySelectorAll("button")].find(({ dataset }) => dataset.at === focused)?.focus({ preventScroll: true })
}

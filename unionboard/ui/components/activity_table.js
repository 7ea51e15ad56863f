const compare = new Intl.Collator("zh-CN", { numeric: true }).compare
const ordered = (rows, sort) => {
  if (!sort) return rows
  const key = sort.replace("-", ""), way = sort.startsWith("-") ? -1 : 1
  const rank = (row) => row.cells[key][1]
  return [...rows].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)]
    if (a === "" || b === "") return (a === "") - (b === "")
    return way * (typeof a === "number" && typeof b === "number" ? a - b : compare(a, b))
  })
}
const role = (node, name) => { node.setAttribute("role", name); return node }  // CSS that makes cards of rows takes their meaning away

export default function ({ parentElement, data: packed, setTriggerValue }) {
  const root = parentElement.querySelector(".list")
  const data = unpack(root, packed)
  if (!data) return
  const focusedId = root.getRootNode().activeElement?.closest?.("[data-id], [data-sort]")?.dataset
  const open = (id) => setTriggerValue("opened", id)
  const sortBy = (sort) => { draw(sort); setTriggerValue("sorted", sort) }

  const draw = (sort) => {
    root.replaceChildren()
    const choice = add(root, "label", data.words.sortBy, "choice")
    const select = add(choice, "select")
    for (const [value, name] of [["", data.words.inOrder], ...data.columns.flatMap(({ key, name }) => [[key, `${name} ↑`], [`-${key}`, `${name} ↓`]])]) {
      add(select, "option", name).value = value
    }
    select.value = sort
    select.onchange = () => sortBy(select.value)

    const table = role(add(root, "table"), "table")
    add(table, "caption", data.words.caption)
    const head = role(add(role(add(table, "thead"), "rowgroup"), "tr"), "row")
    for (const { key, name, number } of data.columns) {
      const cell = role(add(head, "th", "", `${key}${number ? " number" : ""}`), "columnheader")
      cell.scope = "col"
      const way = sort === key ? "ascending" : sort === `-${key}` ? "descending" : "none"
      cell.setAttribute("aria-sort", way)
      const button = add(cell, "button", name)
      button.type = "button"
      button.dataset.sort = key
      const arrow = add(button, "span", { ascending: " ↑", descending: " ↓", none: "" }[way])
      arrow.setAttribute("aria-hidden", "true")
      const first = number ? `-${key}` : key, second = number ? key : `-${key}`
      button.onclick = () => sortBy(sort === first ? second : sort === second ? "" : first)
    }
    const body = role(add(table, "tbody"), "rowgroup")
    for (const row of ordered(data.rows, sort)) {
      const line = role(add(body, "tr", "", row.status), "row")
      for (const { key, name, number } of data.columns) {
        const words = row.cells[key][0]
        const cell = role(add(line, "td", key === "title" || key === "status" ? "" : words, `${key}${number ? " number" : ""}${words ? "" : " void"}`), "cell")
        cell.dataset.name = name
        if (key === "section") cell.title = words
        if (key === "title") {
          const button = add(cell, "button", words)
          button.type = "button"
          button.dataset.id = row.id
          if (!row.id) button.setAttribute("aria-disabled", "true")
          if (row.note) add(cell, "small", row.note)
        }
        if (key === "status") addShape(cell, row.shape, row.colour), add(cell, "span", words, row.colour)
      }
      line.onclick = () => { if (row.id && !String(getSelection())) open(row.id) }
    }
    const foot = role(add(role(add(table, "tfoot"), "rowgroup"), "tr"), "row")
    for (const { key, number } of data.columns) {
      role(add(foot, "td", key === "title" ? data.total : data.sums[key] ?? "", `${key}${number ? " number" : ""}`), "cell")
    }
    const again = focusedId?.id ? `[data-id="${focusedId.id}"]` : focusedId?.sort ? `[data-sort="${focusedId.sort}"]` : null
    if (again) root.querySelector(again)?.focus({ preventScroll: true })
  }

  root.onkeydown = (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    const focused = root.getRootNode().activeElement
    if (!step || !focused?.dataset.id) return
    const titles = [...root.querySelectorAll("td.title button")]
    titles[titles.indexOf(focused) + step]?.focus()
    event.preventDefault()
  }
  draw(data.sort)
}

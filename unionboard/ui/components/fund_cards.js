// The fund's cards: what is left, months, who waits for whom, items, care. Names come from users: textContent only. A figure that can be
// asked "which?" is a button; what it stands for goes back as [kind, value].
const put = (to, tag, className = "", text = "") => add(to, tag, text, className)
const title = (to, card) => {
  const head = put(to, "h2")
  const name = put(head, "span", "name")
  icon(name, card.icon, "")
  name.append(card.title)
  if (card.legend) card.legend.forEach(({ look, word }) => { const item = put(head, "span", "legend"); put(item, "i", `swatch ${look}`); item.append(word) })
  if (card.sum) put(head, "span", "count", card.sum)
}
const press = (to, className, choice, act) => {
  const node = put(to, "button", className)
  node.type = "button"
  node.dataset.focus = choice.join(" ")
  node.onclick = () => act(choice)
  return node
}

const KINDS = {
  balance(to, card, act) {
    put(to, "p", card.value.startsWith("-") ? "value orange" : "value", card.value)
    if (card.note) { const note = put(to, "p", `note ${card.note.tone}`, card.note.text); note.title = card.note.why }
    const list = put(to, "div", "lines")
    for (const line of card.lines) {
      const row = line.go ? press(list, "line", line.go, act) : put(list, "div", "line")
      put(row, "span", "said", line.label)
      put(row, "span", line.value.startsWith("-") ? "sum orange" : "sum", line.value)
    }
    if (!card.progress) return
    put(to, "p", "told", card.progress.label)
    const bar = put(to, "div", "progress")
    bar.setAttribute("role", "img")
    bar.setAttribute("aria-label", card.progress.label)
    put(bar, "b").style.width = `${card.progress.done}%`
    put(bar, "i").style.left = `${card.progress.time}%`
  },
  months(to, card, act) {
    const plot = put(to, "div", "plot")
    const grid = put(plot, "div", "grid")
    grid.setAttribute("aria-hidden", "true")
    for (const { height, label } of card.ticks) { const line = put(grid, "span", "tick", label); line.style.bottom = `${height}%` }
    const columns = put(plot, "div", "columns")
    for (const month of card.columns) {
      const column = press(columns, `column${month.is_over ? " over" : ""}${month.is_current ? " current" : ""}${month.is_chosen ? " chosen" : ""}`, ["month", month.month], act)
      column.title = month.spoken
      column.setAttribute("aria-label", month.spoken)
      column.setAttribute("aria-pressed", String(month.is_chosen))
      const bars = put(column, "span", "bars")
      put(bars, "i", "planned").style.height = `${month.planned}%`
      put(bars, "i", "spent").style.height = `${month.spent}%`
      const label = put(bars, "span", month.is_plan ? "label plan" : "label", month.label)
      label.style.bottom = `${Math.max(month.planned, month.spent)}%`
      put(column, "span", "month", month.name)
    }
  },
  waiting(to, card, act) {
    if (!card.rows.length) return put(to, "p", "empty", card.empty)
    for (const row of card.rows) {
      const line = press(to, `wait ${row.tone}`, row.go, act)
      put(line, "b", "number", String(row.count))
      const words = put(line, "span", "words")
      put(words, "span", "label", row.label)
      put(words, "small", "", row.who)
      put(line, "span", "money", row.sum)
    }
  },
  items(to, card, act) {
    if (!card.rows.length) return put(to, "p", "empty", card.empty)
    for (const row of card.rows) {
      const item = press(to, `item ${row.tone}${row.is_chosen ? " chosen" : ""}`, ["item", row.item], act)
      item.setAttribute("aria-pressed", String(row.is_chosen))
      put(item, "span", "name", row.name)
      put(item, "span", "sums", row.sums)
      put(item, "span", "share", row.left || row.share)
      item.title = [row.name, row.sums, row.share, row.left, row.promised].filter(Boolean).join(" · ")
      const bar = put(item, "span", "bar")
      put(bar, "i", "budget").style.width = `${row.budget}%`
      put(bar, "i", "spent").style.width = `${row.spent}%`
      const approved = put(bar, "i", "approved")
      approved.style.left = `${row.spent}%`
      approved.style.width = `${row.approved}%`
    }
  },
  care(to, card, act) {
    const line = put(to, "p", "kinds")
    for (const { name, count } of card.rows) { const kind = put(line, "span", "kind", `${name} `); put(kind, "b", "", String(count)) }
    const more = press(to, "more", ["view", "care"], act)
    more.textContent = card.more
  },
}

export default function ({ parentElement, data: { json }, setTriggerValue }) {
  const data = JSON.parse(json)
  const root = parentElement.querySelector(".cards")
  const focus = root.getRootNode().activeElement?.dataset?.focus
  const act = (choice) => setTriggerValue("chosen", choice)
  root.replaceChildren()
  root.className = `cards ${data.layout}`
  for (const card of data.cards) {
    const box = put(root, "section", `card ${card.kind}`)
    title(box, card)
    KINDS[card.kind](box, card, act)
  }
  if (focus) [...root.querySelectorAll("button")].find(({ dataset }) => dataset.focus === focus)?.focus({ preventScroll: true })
}

// --- the rows --------------------------------------------------------------------------------------------------------------

function visibleRows(desk) {
  const { rows } = desk.data
  const tests = { duties: row => row.kept && row.duty !== "one_off", doubts: row => row.doubts.length, dropped: row => !row.kept }
  const test = tests[desk.filter]
  return test ? rows.filter(row => test(row) || row.id === desk.row) : rows
}

function drawRows(desk) {
  drawRowsHead(desk)
  const items = [{ key: "columns", sign: "", make: () => makeColumns(desk) }]
  let group = null
  for (const row of arranged(desk, visibleRows(desk))) {
    const name = groupOf(desk, row)
    if (name !== group) {
      group = name
      items.push({ key: `group-${name}`, sign: name, make: () => make("div", "group", name) })
    }
    const state = [desk.row === row.id, desk.line && row.line === desk.line, desk.edited === row.id, desk.selected.has(row.id), desk.splitting && desk.edited === row.id]
    items.push({ key: row.id, sign: desk.signs.rows.get(row.id) + state.map(Number).join("") + desk.order, make: () => makeRow(desk, row) })
  }
  if (items.length === 1) {
    const words = desk.data.rows.length ? desk.data.words.nothingHere : desk.data.words.empty
    items.push({ key: "empty", sign: words, make: () => make("p", "empty", words) })
  }
  sync(desk.rows.list, items)
}

function makeColumns(desk) {
  const node = make("div", "row columns")
  node.setAttribute("aria-hidden", "true")
  node.append(make("span"), ...["when", "title", "section", "duty", "area", "owner"].map(name => make("span", `cell ${name}`, desk.data.words[name])))
  return node
}

function arranged(desk, rows) {
  if (desk.order === "month") return [...rows].sort((a, b) => a.order - b.order)
  const place = row => row.section === "" ? 1e6 : Number(row.section)
  return desk.order === "section" ? [...rows].sort((a, b) => place(a) - place(b)) : rows
}

function groupOf(desk, row) {
  if (desk.order === "month") return row.months
  return desk.order === "section" ? desk.data.headings[row.section] || nameOf(desk, "section", row.section) : null
}

const nameOf = (desk, what, value) => desk.data.choices[what].find(([key]) => key === value)?.[1] ?? ""

function drawRowsHead(desk) {
  const { words, rows, canUndo, canRedo } = desk.data
  const some = desk.selected.size
  const items = some ? selectionItems(desk, some) : [
    { key: "name", sign: "", make: () => make("h2", "", words.rows) },
    { key: "note", sign: `${desk.line}${desk.row}${rows.filter(row => row.line === desk.line).length}`, make: () => makeNote(desk) },
    { key: "order", sign: desk.order, make: () => makeOrder(desk) },
    { key: "add", sign: "", make: () => button("icon", "+", () => { step(desk, { do: "add", after: desk.row }); desk.awaited = `s${desk.n}-` }, words.add) },
  ]
  const steps = [["undo", "↶", canUndo], ["redo", "↷", canRedo]].map(([what, sign, can]) => ({
    key: what, sign: `${can}`,
    make: () => {
      const element = button("icon step", sign, () => step(desk, { do: what }), words[what])
      element.disabled = !can
      return element
    },
  }))
  sync(desk.rows.head, [...items, ...steps])
}

function makeNote(desk) {
  const { words, rows } = desk.data
  const note = make("span", "hint")
  if (!desk.line) return note
  const some = rows.some(row => row.line === desk.line)
  note.append(make("span", "lit", fill(desk.row ? words.line : some ? words.ofLine : words.noRows, desk.line)))
  return note
}

function makeOrder(desk) {
  const { words } = desk.data
  return choice("order", [["text", words.byText], ["month", words.byMonth], ["section", words.bySection]], desk.order, words.order, order => {
    desk.order = order
    draw(desk)
    reveal(desk)
  })
}

function choice(field, options, value, label, act) {
  const element = make("select", field)
  for (const [key, name] of options) {
    const option = make("option", "", name)
    option.value = key
    element.append(option)
  }
  element.value = value
  element.dataset.field = field
  element.dataset.first = value
  element.setAttribute("aria-label", label)
  element.onchange = () => act(element.value)
  return element
}

// Several rows at once.
function selectionItems(desk, some) {
  const { words, choices } = desk.data
  const ids = () => desk.data.rows.filter(row => desk.selected.has(row.id)).map(row => row.id)
  const edit = values => step(desk, { do: "edit", ids: ids(), values })
  const setter = (what, hint) => ({
    key: `set-${what}`, sign: "", make: () => choice(`set-${what}`, [["?", hint], ...choices[what]], "?", hint, value => value !== "?" && edit({ [what]: value })),
  })
  return [
    { key: "count", sign: `${some}`, make: () => make("span", "count", fill(words.selected, some)) },
    setter("section", words.setSection),
    setter("area", words.setArea),
    {
      key: "set-when", sign: "", make: () => {
        const input = make("input", "set-when")
        input.placeholder = words.setWhen
        input.setAttribute("aria-label", words.setWhen)
        input.title = words.whenHint
        input.dataset.field = "set-when"
        input.onchange = () => !desk.drawing && input.value.trim() && edit({ when: input.value })
        return input
      },
    },
    ...(some > 1 ? [{ key: "merge", sign: "", make: () => button("take", words.merge, () => { step(desk, { do: "merge", ids: ids() }); clear(desk) }) }] : []),
    { key: "drop", sign: "", make: () => button("take", words.drop, () => { step(desk, { do: "keep", ids: ids(), kept: false }); clear(desk) }) },
    { key: "clear", sign: "", make: () => button("icon", "×", () => clear(desk), words.unselect) },
  ]
}

function clear(desk) {
  desk.selected.clear()
  draw(desk)
}

function select(desk, id, range) {
  const ids = arranged(desk, visibleRows(desk)).map(row => row.id)
  const on = !desk.selected.has(id)
  const [from, to] = [ids.indexOf(range && desk.anchor ? desk.anchor : id), ids.indexOf(id)].sort((a, b) => a - b)
  for (const each of ids.slice(Math.max(from, 0), to + 1)) desk.selected[on ? "add" : "delete"](each)
  desk.anchor = id
  draw(desk)
}

function makeRow(desk, row) {
  const { words } = desk.data
  const lit = desk.line && row.line === desk.line
  const node = make("div", `row${desk.row === row.id ? " picked" : lit ? " lit" : ""}${row.kept ? "" : " gone"}${row.doubts.length ? " ask" : ""}`)
  node.dataset.id = node.dataset.key = row.id
  node.setAttribute("role", "listitem")
  if (lit) node.setAttribute("aria-current", "true")
  node.tabIndex = 0
  const tick = make("input", "tick")
  tick.type = "checkbox"
  tick.checked = desk.selected.has(row.id)
  tick.dataset.field = "tick"
  tick.setAttribute("aria-label", `${words.select}: ${row.title}`)
  tick.onclick = event => { event.stopPropagation(); select(desk, row.id, event.shiftKey) }
  const box = make("label", "box")
  box.onclick = event => event.stopPropagation()
  box.append(tick)
  node.append(box)
  if (desk.edited === row.id) node.append(makeEditor(desk, row))
  else fillRow(desk, node, row)
  node.append(row.kept
    ? button("icon drop", "×", () => step(desk, { do: "keep", ids: [row.id], kept: false }), words.drop)
    : button("take back", words.keep, () => step(desk, { do: "keep", ids: [row.id], kept: true })))
  node.onclick = event => pickRow(desk, row.id, { edit: true, field: event.target.closest("[data-opens]")?.dataset.opens ?? null })
  node.onkeydown = event => rowKey(desk, node, row, event)
  letDrag(desk, node, row)
  return node
}

function rowKey(desk, node, row, event) {
  if (walk(desk, desk.rows.list, node, event, id => pickRow(desk, id))) return
  const editing = desk.edited === row.id
  if (event.key === "Escape" && editing) {
    event.stopPropagation()
    desk.edited = null
    draw(desk)
    nodeOf(desk.rows, row.id)?.focus({ preventScroll: true })
  }
  if (event.target !== node) return
  if (event.key === "Enter" || event.key === "F2") pickRow(desk, row.id, { edit: true, field: "title" })
  else if (event.key === " ") select(desk, row.id, event.shiftKey)
  else if (event.key === "Delete") step(desk, { do: "keep", ids: [row.id], kept: !row.kept })
  else return
  event.preventDefault()
}

// A row at rest: what it says, each cell the way to its field.
function fillRow(desk, node, row) {
  const { words } = desk.data
  const when = cell("when", row.duty === "one_off" ? row.when : `◆ ${row.when}`)
  if (row.wrong) when.classList.add("wrong")
  if (row.days) when.append(make("small", "", row.days))
  const title = cell("title", row.title || words.untitled)
  if (!row.title) title.classList.add("wrong")
  const more = [
    row.relation === "lead" ? "" : nameOf(desk, "relation", row.relation),
    ...row.targets,
    row.people && fill(words.people_n, row.people),
    row.budget && fill(words.budget_n, Number(row.budget).toLocaleString("en", { minimumFractionDigits: row.budget.includes(".") ? 2 : 0 })),
    row.audience, row.note,
  ].filter(Boolean)
  if (more.length) title.append(make("small", "", more.join(" · ")))
  for (const doubt of row.doubts) title.append(make("small", "doubt", `? ${doubt}`))
  const area = cell("area", nameOf(desk, "area", row.area))
  if (row.unsure) area.append(make("small", "suggested", words.suggested))
  const cells = make("div", "cells")
  cells.append(when, title, sectionCell(desk, row), cell("duty", nameOf(desk, "duty", row.duty)), area, cell("owner", row.owner))
  node.append(cells)
}

// The section's number; its heading where there is room.
function sectionCell(desk, row) {
  const name = row.section === "" ? "" : nameOf(desk, "section", row.section), [number, ...heading] = name.split(" ")
  const element = cell("section", number || "–")
  element.append(make("span", "heading", ` ${heading.join(" ")}`))
  element.title = name
  return element
}

function cell(name, text) {
  const element = make("span", `cell ${name}`)
  element.append(make("span", "", text))
  element.dataset.opens = name
  return element
}

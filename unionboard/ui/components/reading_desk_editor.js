// --- the row under correction ----------------------------------------------------------------------------------------------

function makeEditor(desk, row) {
  const { words } = desk.data
  const editor = make("div", "editor")
  editor.onclick = event => event.stopPropagation()
  for (const doubt of row.doubts) editor.append(make("p", "doubt", `? ${doubt}`))
  editor.append(desk.splitting ? makeSplit(desk, row) : makeFields(desk, row))
  if (!desk.splitting) editor.append(makeActions(desk, row))
  return editor
}

function makeFields(desk, row) {
  const { words, choices } = desk.data
  const fields = make("div", "fields")
  const edit = (name, value) => !desk.drawing && step(desk, { do: "edit", ids: [row.id], values: { [name]: value } })
  const add = (name, control, hint) => {
    const field = make("label", `field of-${name}`)
    field.append(make("span", "name", words[name]), control)
    if (hint) field.append(make("small", row.wrong && name === "when" ? "wrong" : "", hint))
    fields.append(field)
  }
  const typed = (name, control = make("input", ""), kind = "text") => {
    if (control.tagName === "INPUT") control.inputMode = kind
    control.value = control.dataset.first = row[name]
    control.dataset.field = name
    // A value put back after a redraw is no change to the browser, so leaving the field looks for itself.
    control.onchange = control.onblur = () => {
      if (desk.drawing || control.value === control.dataset.first) return
      control.dataset.first = control.value
      edit(name, control.value)
    }
    return control
  }
  const title = typed("title", make("textarea", ""))
  title.rows = 1
  title.maxLength = 300
  title.oninput = () => grow(title)
  title.onkeydown = event => { if (event.key === "Enter") { event.preventDefault(); title.onchange() } }
  requestAnimationFrame(() => grow(title))
  add("title", title)
  const when = typed("when")
  when.placeholder = words.whenHint
  add("when", when, row.wrong ? words.whenHint : row.days)
  const chosen = name => choice(name, choices[name], row[name], words[name], value => edit(name, value))
  add("duty", chosen("duty"))
  add("section", chosen("section"))
  add("area", chosen("area"), row.unsure ? words.suggested : "")
  add("owner", typed("owner"))
  add("relation", chosen("relation"))
  add("people", typed("people", undefined, "numeric"))
  add("budget", typed("budget", undefined, "decimal"))
  add("audience", typed("audience"))
  add("note", typed("note"))
  if (row.targets.length) {
    const targets = make("p", "targets")
    targets.append(make("span", "name", words.targets), row.targets.join(" · "))
    fields.append(targets)
  }
  return fields
}

function grow(area) {
  area.style.height = "auto"
  area.style.height = `${area.scrollHeight + 2}px`
}

function makeActions(desk, row) {
  const { words, rows } = desk.data
  const above = rows[rows.findIndex(other => other.id === row.id) - 1]
  const actions = make("div", "actions")
  const act = (text, what) => {
    const element = button("take", text, what)
    element.dataset.field = text
    actions.append(element)
  }
  if (row.doubts.length && row.title && !row.wrong) act(words.fine, () => step(desk, { do: "fine", ids: [row.id] }))
  act(words.split, () => { desk.splitting = true; draw(desk); reveal(desk); nodeOf(desk.rows, row.id)?.querySelector(".parts")?.focus({ preventScroll: true }) })
  if (above) act(words.mergeAbove, () => { desk.row = desk.edited = above.id; step(desk, { do: "merge", ids: [above.id, row.id] }) })
  act(words.addBelow, () => { step(desk, { do: "add", after: row.id }); desk.awaited = `s${desk.n}-` })
  act(row.kept ? words.drop : words.keep, () => step(desk, { do: "keep", ids: [row.id], kept: !row.kept }))
  if (row.line) {
    const see = button("take narrow", fill(words.seeLine, row.line), () => { desk.side = "source"; draw(desk); reveal(desk) })
    actions.append(see)
  }
  actions.append(button("link", words.close, () => {
    desk.edited = null
    draw(desk)
    nodeOf(desk.rows, row.id)?.focus({ preventScroll: true })
  }))
  return actions
}

// One activity per line of a text field: Enter splits at the cursor, Backspace joins again.
function makeSplit(desk, row) {
  const { words } = desk.data
  const form = make("div", "split")
  const parts = make("textarea", "parts")
  parts.value = (row.parts.length ? row.parts : [row.title]).join("\n")
  parts.dataset.field = "parts"
  parts.setAttribute("aria-label", words.splitHint)
  const titles = () => parts.value.split("\n").map(title => title.trim()).filter(Boolean)
  const go = button("primary", "", () => {
    desk.splitting = false
    step(desk, { do: "split", id: row.id, titles: titles() })
    desk.edited = null
    draw(desk)
  })
  const count = () => {
    const n = titles().length
    go.textContent = fill(words.splitInto, n)
    go.disabled = n < 2
    parts.rows = Math.min(Math.max(parts.value.split("\n").length + 1, 3), 12)
  }
  parts.oninput = count
  count()
  const actions = make("div", "actions")
  actions.append(go, button("link", words.cancel, () => { desk.splitting = false; draw(desk) }))
  form.append(make("p", "hint", words.splitHint), parts, actions)
  return form
}

// Cards to tick off. Titles and names come from users: textContent only. A card is drawn anew only when its facts are others.
const make = (to, tag, text, kind) => {
  const node = to.appendChild(document.createElement(tag))
  if (text) node.textContent = text
  if (kind) node.className = kind
  return node
}
const sign = (to, name) => {
  const node = make(to, "i", name)
  node.setAttribute("aria-hidden", "true")
  node.translate = false
  return node
}
const press = (to, key, name, word, act) => {
  const button = make(make(to, "div", "", `st-key-${key}`), "button")
  button.type = "button"
  if (name) sign(button, name)
  make(button, "span", word)
  button.onclick = act
  return button
}
const tell = (to, [tone, text, name]) => {
  const node = make(to, "span", "", tone)
  if (name) sign(node, name)
  node.append(text)
}

function drawCard(card, part, { words, days }, act) {
  const node = document.createElement("article")
  node.className = `card st-key-card_${card.id}`
  const top = make(node, "div", "", "top"), told = make(top, "div", "", "told")
  press(told, `title_card_${card.id}`, "", card.title, () => act("open", { id: card.id }))
  const facts = make(told, "p")
  card.badges.forEach((badge) => tell(facts, badge))
  card.facts.forEach((parts, at) => {
    if (at) facts.append(" · ")
    const fact = make(facts, "span", "", "fact")
    parts.forEach((one) => tell(fact, one))
  })
  const { undo, tick, more } = card
  const offerUndo = (does) => press(top, `undo_${card.id}`, "undo", words.undo, does)
  const drawTicked = () => sign(make(top, "div", "", `st-key-ticked_${card.id}`), "check")
  if (undo) offerUndo(() => act("undo", { id: card.id, record: undo.record, version: undo.version }))
  if (tick?.kind === "log") press(top, `log_${card.id}`, "add", words.log, () => act("tick", { id: card.id, part }))
  if (tick?.kind === "done") drawTicked()
  if (tick?.kind === "tick") {
    const button = press(top, `tick_${card.id}`, "", tick.word, () => {
      const isFocused = document.activeElement === button
      act("tick", { id: card.id, part, turn: tick.turn })
      top.lastChild.remove()
      const undoing = offerUndo()
      undoing.setAttribute("aria-disabled", "true")  // until the check-off has its number
      if (isFocused) undoing.focus()
      drawTicked()
    })
  }
  if (more) {
    const line = make(node, "div", "", `more st-key-more_${card.id}`)
    if (more.day) drawDay(line, more, words, days, (day) => act("day", { id: card.id, record: more.record, version: more.version, day }))
    if (more.day) press(line, `details_${card.id}`, "", words.details, () => act("details", { id: card.id, record: more.record }))
    drawPhoto(line, more.record, words)
    if (more.again) {
      press(line, `again_${card.id}`, "check", more.again.word, () => act("tick", { id: card.id, part, turn: more.again.turn }))
    }
  }
  return node
}

function drawDay(line, more, words, days, take) {
  const holder = make(line, "details", "", `day st-key-redate_${more.record}`)
  make(holder, "summary", words.notToday)
  const label = make(holder, "label", words.itWas), field = make(label, "input")
  Object.assign(field, { type: "date", value: more.day, min: days.first, max: days.last })
  let isTyped = false
  const done = () => { if (field.value && field.value !== more.day && field.validity.valid) take(field.value) }
  field.onkeydown = ({ key }) => { isTyped = true; if (key === "Enter") done() }
  field.onchange = () => { if (!isTyped) done() }  // chosen in the calendar; a day being typed is half a day until it is left
  field.onblur = done
}

function drawPhoto(line, record, words) {
  const label = make(make(line, "div", "", `st-key-photo_card_${record}`), "label", "", "photo")
  sign(label, "upload")
  const word = make(label, "span", words.photo), field = make(label, "input")
  Object.assign(field, { type: "file", multiple: true })
  field.onchange = () => {
    const uploader = document.querySelector(".st-key-photos_cards input[type=file]"), files = new DataTransfer()
    if (!uploader || !field.files.length) return
    for (const file of field.files) files.items.add(new File([file], `${record}~${file.name}`, { type: file.type }))
    field.value = ""
    word.textContent = words.sending
    uploader.files = files.files
    uploader.dispatchEvent(new Event("change", { bubbles: true }))
  }
}

function noteFocus(root) {
  const here = document.activeElement, holder = root.contains(here) && here.closest("[class*='st-key-']")
  if (!holder) return () => {}
  const card = holder.closest(".card")?.className.match(/st-key-card_(\d+)/)?.[1]
  const places = [`.${holder.className.match(/st-key-\S+/)[0]} :is(button, summary, input)`]
  if (card) places.push(...["undo", "tick", "title_card"].map((name) => `.st-key-${name}_${card} button`))
  return () => places.reduce((found, place) => found ?? root.querySelector(place), null)?.focus({ preventScroll: true })
}

export default function ({ parentElement, data: { json }, setStateValue }) {
  const data = JSON.parse(json)
  const root = parentElement.querySelector(".ub-cards"), told = JSON.stringify(data)
  const list = (root.ubList ??= { cards: new Map(), acts: [], step: 0 })
  list.send = setStateValue
  if (list.told === told) return
  list.told = told
  list.step = Math.max(list.step, data.step)
  list.acts = list.acts.filter(({ n }) => n > data.step)
  const act = (what, facts) => {
    if (what === "tick") list.cards.get(facts.id).facts = ""  // drawn as done: whatever comes of it, it is drawn anew
    list.acts.push({ n: ++list.step, do: what, ...facts })
    list.send("acts", [...list.acts])
  }
  const waiting = new Set(list.acts.map(({ id }) => id)), refocus = noteFocus(root), cards = new Map(), parts = []
  for (const part of data.parts) {
    const section = document.createElement("section")
    section.className = `st-key-part_${part.part}`
    const head = make(section, "h2", "", part.tone)
    sign(head, part.icon)
    make(head, "b", part.title)
    make(head, "small", part.count)
    const grid = make(section, "div", "", "grid")
    for (const card of part.cards) {
      const facts = JSON.stringify([card, part.part, data.words, data.days]), known = list.cards.get(card.id)
      const isSame = known && (known.facts === facts || waiting.has(card.id))
      cards.set(card.id, isSame ? known : { node: drawCard(card, part.part, data, act), facts })
      grid.append(cards.get(card.id).node)
    }
    if (part.more) press(section, `more_${part.part}`, "expand_more", part.more, () => act("more", { part: part.part }))
    parts.push(section)
  }
  if (!parts.length) parts.push(make(document.createElement("div"), "p", data.words.nothing, "gray"))
  list.cards = cards
  root.replaceChildren(...parts)
  refocus()
}

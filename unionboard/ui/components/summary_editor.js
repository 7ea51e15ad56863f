// The words of one part. Texts come from users: textContent and value only, never innerHTML.
const PAUSE_MS = 800
const MEMORY = "unionboard-summary"
const GAP = /【待补充：[^】]*】|\[to be added: [^\]]*\]/g

function make(tag, className, text) {
  const element = document.createElement(tag)
  element.className = className
  if (text) element.textContent = text
  return element
}

// Steps the server has not confirmed, by place; they outlive a reload of the page. n is 0 until one is sent.
function recall() {
  try { return JSON.parse(sessionStorage.getItem(MEMORY)) ?? {} } catch { return {} }
}

function remember(waiting) {
  try { sessionStorage.setItem(MEMORY, JSON.stringify(waiting)) } catch { /* no room there: the server keeps it at the next pause */ }
}

// Where marks stand in a text typed on since it was checked: those before and behind the change move along, the others go.
function moveMarks(marks, checked, text) {
  if (checked === text) return marks
  const most = Math.min(checked.length, text.length)
  let head = 0
  while (head < most && checked[head] === text[head]) head++
  let tail = 0
  while (tail < most - head && checked.at(-1 - tail) === text.at(-1 - tail)) tail++
  const shift = text.length - checked.length
  return marks.flatMap(mark => {
    if (mark.end < head) return [mark]
    if (mark.start > checked.length - tail) return [{ ...mark, start: mark.start + shift, end: mark.end + shift }]
    return []
  })
}

function build(editor) {
  editor.area = make("textarea", "area")
  editor.area.maxLength = 20000
  editor.below = make("div", "below")
  editor.below.setAttribute("aria-hidden", "true")
  const field = make("div", "field")
  field.append(editor.below, editor.area)
  editor.findings = make("ul", "findings")
  editor.findings.setAttribute("aria-live", "polite")
  editor.save = make("button", "save")
  editor.drop = make("button", "drop")
  editor.state = make("span", "state")
  const foot = make("div", "foot")
  foot.append(editor.save, editor.drop, editor.state)
  editor.root.replaceChildren(field, editor.findings, foot)
  editor.area.onscroll = () => { editor.below.scrollTop = editor.area.scrollTop }
  editor.area.oninput = () => {
    note(editor, "typed")
    paint(editor)
    clearTimeout(editor.timer)
    editor.timer = setTimeout(() => send(editor), PAUSE_MS)
  }
  editor.area.onblur = () => send(editor)
  editor.area.onkeydown = event => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    act(editor, "save")
  }
  editor.save.onclick = () => act(editor, "save")
  editor.drop.onclick = () => {
    act(editor, "drop")
    editor.area.value = editor.data.saved
    paint(editor)
  }
}

function note(editor, what) {
  editor.waiting[editor.place] = { do: what, version: editor.version, text: editor.area.value, n: 0 }
  remember(editor.waiting)
}

function act(editor, what) {
  note(editor, what)
  send(editor)
  if (what === "save") editor.saving = editor.n
}

// Each step is complete, so the last one of a place is enough, and all that wait go together.
function send(editor) {
  clearTimeout(editor.timer)
  const steps = Object.entries(editor.waiting)
  if (!steps.some(([, step]) => step.n === 0)) return
  editor.n = Math.max(Date.now(), editor.n + 1)
  for (const [, step] of steps) step.n = editor.n
  remember(editor.waiting)
  editor.emit("steps", steps.map(([place, step]) => ({ place, ...step })))
}

function confirm(editor) {
  for (const [place, step] of Object.entries(editor.waiting)) {
    if (step.n && step.n <= editor.data.handled) delete editor.waiting[place]
  }
  remember(editor.waiting)
}

// What was typed here and is not confirmed goes before what the server has; else the text changes only when it changed there.
// The version stays that of the words the typing began with, unless it was our own save that changed it.
function load(editor) {
  const { data, area, waiting } = editor
  const own = waiting[data.place]
  const isNew = editor.place !== data.place
  const isSaved = editor.saving && editor.saving <= data.handled
  if (own) {
    if (isNew) area.value = own.do === "drop" ? data.saved : own.text
    if (isSaved) own.version = data.typingVersion
    if (isNew || isSaved) editor.version = own.version
  } else {
    const text = data.typed ?? data.saved
    if (isNew || editor.shown !== text || editor.version !== data.typingVersion) area.value = text
    editor.shown = text
    editor.version = data.typingVersion
  }
  if (isNew || isSaved) editor.saving = null
  editor.place = data.place
}

function paint(editor) {
  const { data, area, below } = editor
  const text = area.value
  const marks = moveMarks(data.marks, data.typed ?? data.saved, text)
  const gaps = [...text.matchAll(GAP)].map(match => ({ start: match.index, end: match.index + match[0].length, tone: "gap" }))
  const pieces = []
  let at = 0
  for (const mark of [...marks, ...gaps].sort((one, other) => one.start - other.start)) {
    if (mark.start < at) continue
    pieces.push(text.slice(at, mark.start), make("mark", mark.tone, text.slice(mark.start, mark.end)))
    at = mark.end
  }
  below.replaceChildren(...pieces, `${text.slice(at)}\n`)
  area.style.height = "auto"
  area.style.height = `${Math.min(Math.max(area.scrollHeight + 2, 128), 400)}px`
  below.scrollTop = area.scrollTop
  tell(editor, marks, text)
  const isTouched = text !== data.saved
  editor.root.classList.toggle("touched", isTouched)
  editor.drop.hidden = !isTouched
  editor.state.textContent = !isTouched ? "" : editor.waiting[editor.place] ? data.words.typing : data.words.kept
}

function tell(editor, marks, text) {
  editor.findings.replaceChildren(...marks.map(mark => {
    const item = make("li", mark.tone)
    item.append(make("b", "", text.slice(mark.start, mark.end)), make("span", "", mark.told))
    if (mark.take) {
      const button = make("button", "take", mark.offer)
      button.onclick = () => take(editor, mark)
      item.append(button)
    }
    return item
  }))
}

// Typed as people would have: Ctrl+Z takes it back.
function take(editor, mark) {
  editor.area.focus()
  editor.area.setSelectionRange(mark.start, mark.end)
  if (!document.execCommand("insertText", false, mark.take)) {
    editor.area.setRangeText(mark.take, mark.start, mark.end, "end")
    editor.area.oninput()
  }
  send(editor)
}

// Sends again what was not confirmed in time: the answer may have been to something else, or the page was loaded anew.
function insist(editor) {
  const steps = Object.values(editor.waiting)
  clearTimeout(editor.timer)
  if (!steps.length) return
  const isSent = steps.every(step => step.n)
  editor.timer = setTimeout(() => {
    if (isSent) for (const step of steps) step.n = 0
    send(editor)
  }, isSent ? 3 * PAUSE_MS : PAUSE_MS)
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".editor")
  const editor = (root.ubEditor ??= { root, n: 0, waiting: recall() })
  editor.emit = setStateValue
  editor.data = data
  if (!editor.area) build(editor)
  editor.area.setAttribute("aria-label", data.words.text)
  editor.save.replaceChildren(data.words.save, make("kbd", "", "Ctrl+Enter"))
  editor.drop.textContent = data.words.drop
  confirm(editor)
  load(editor)
  paint(editor)
  insist(editor)
  return () => clearTimeout(editor.timer)
}
